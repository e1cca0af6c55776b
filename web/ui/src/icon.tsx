import type { ReactNode, SVGProps } from "react";

const icons = {
  alert: (
    <path d="M12 8v5m0 3.5v.01M10.3 4.2 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0Z" />
  ),
  "arrow-right": <path d="M4 12h15m-6-6 6 6-6 6" />,
  camera: (
    <path d="m16 13 5.2 3.5a.5.5 0 0 0 .8-.4V7.9a.5.5 0 0 0-.8-.4L16 10.5M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2Z" />
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  "chevron-left": <path d="m14.5 6-6 6 6 6" />,
  "chevron-right": <path d="m9.5 6 6 6-6 6" />,
  clock: <path d="M12 7v5l3.2 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  door: <path d="M4 21h16M6.5 21V4.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1V21M14 12v.01" />,
  key: <path d="M15.5 8.5v.01M21 8.5a6 6 0 0 1-8.1 5.6L11 16H9v2H7v2.5H3V17l6.4-6.4A6 6 0 1 1 21 8.5Z" />,
  offline: (
    <path d="M3 3l18 18M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5.2-2.8m4.2.2a10 10 0 0 1 4.6 2.6M2 9.3a15 15 0 0 1 4.6-3m4.3-1.2A15 15 0 0 1 22 9.3M12 20v.01" />
  ),
  peak: <path d="M4 20v-5m5.3 5v-9m5.4 9V4m5.3 16v-7" />,
  people: (
    <path d="M15.5 20v-1.5a3.5 3.5 0 0 0-3.5-3.5H6a3.5 3.5 0 0 0-3.5 3.5V20M9 11.5A3.5 3.5 0 1 0 9 4.5a3.5 3.5 0 0 0 0 7ZM21.5 20v-1.5a3.5 3.5 0 0 0-2.6-3.4M15.5 4.7a3.5 3.5 0 0 1 0 6.6" />
  ),
  sparkles: (
    <path d="M12 3.5 13.8 9a2 2 0 0 0 1.3 1.3l5.4 1.7-5.4 1.8a2 2 0 0 0-1.3 1.3L12 20.5l-1.8-5.4a2 2 0 0 0-1.3-1.3L3.5 12l5.4-1.7A2 2 0 0 0 10.2 9L12 3.5Z" />
  ),
  swap: <path d="M7 4 3.5 7.5 7 11M4 7.5h13M17 13l3.5 3.5L17 20M20 16.5H7" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof icons;

/** A decorative icon. It is hidden from screen readers because the text beside it has the same meaning. */
export function Icon({ name, ...props }: { name: IconName } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height="1em"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={1.8}
      viewBox="0 0 24 24"
      width="1em"
      {...props}
    >
      {icons[name]}
    </svg>
  );
}
