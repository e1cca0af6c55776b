import { useMemo, useState } from "react";

const styleAttribute = "data-style";

/**
 * Shows the HTML of a report in a frame without scripts, forms and navigation.
 *
 * A report has its styles in attributes, as mail needs it. The frame inherits the content security policy of the page, which
 * forbids them. So they are set one by one when the frame has loaded.
 */
export function ReportFrame({ html, title }: { html: string; title: string }) {
  const document = useMemo(() => renameStyles(html), [html]);
  const [height, setHeight] = useState(480);
  return (
    <iframe
      className="w-full rounded-lg border border-border bg-white"
      data-testid="report-frame"
      height={height}
      onLoad={({ currentTarget: { contentDocument } }) => {
        if (contentDocument === null) return;
        applyStyles(contentDocument);
        setHeight(contentDocument.documentElement.scrollHeight);
      }}
      // The page reads the height and sets the styles. Without `allow-scripts` this gives the content no rights.
      sandbox="allow-same-origin"
      srcDoc={document}
      title={title}
    />
  );
}

/**
 * Returns the HTML with its `style` attributes under another name. All text in a report is escaped, quotation marks too, so that
 * only attributes match. A parser would not do: it applies the policy when it meets an attribute, and reports each one.
 */
function renameStyles(html: string): string {
  return html.replaceAll(' style="', ` ${styleAttribute}="`);
}

function applyStyles(content: Document): void {
  for (const element of content.querySelectorAll<HTMLElement>(`[${styleAttribute}]`)) {
    element.style.cssText = element.getAttribute(styleAttribute) ?? "";
  }
}
