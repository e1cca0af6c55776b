import { useLayoutEffect, useMemo, useRef, useState } from "react";

const styleAttribute = "data-style";

/**
 * Shows the HTML of a report in a frame without scripts, forms and navigation.
 *
 * A report has its styles in attributes, as mail needs it. The frame inherits the content security policy of the page, which
 * forbids them. So they are set one by one when the frame has loaded.
 */
export function ReportFrame({ html, title }: { html: string; title: string }) {
  const document = useMemo(() => renameStyles(html), [html]);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(480);

  // The height of the report depends on the width of the frame.
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight((before) => heightOf(element) ?? before));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <iframe
      className="w-full rounded-lg border border-border bg-white"
      data-testid="report-frame"
      height={height}
      onLoad={({ currentTarget }) => {
        if (currentTarget.contentDocument === null) return;
        applyStyles(currentTarget.contentDocument);
        setHeight((before) => heightOf(currentTarget) ?? before);
      }}
      ref={frame}
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

/** Returns the height of the content of a frame and its border, in pixels; undefined while it has none. */
function heightOf({ contentDocument, offsetHeight, clientHeight }: HTMLIFrameElement): number | undefined {
  const content = contentDocument?.body?.scrollHeight;
  return content ? content + offsetHeight - clientHeight : undefined;
}
