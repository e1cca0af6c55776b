import { type ComponentType, memo, type ReactNode, useDeferredValue } from "react";

/**
 * Returns a component that is drawn after the rest of the page, in pieces that a click can interrupt, and again only when one of its
 * properties changes. Until it is drawn first, the placeholder is in its place.
 */
export function deferred<Props extends object>(
  Component: ComponentType<Props>,
  placeholder: ReactNode,
): ComponentType<Props> {
  const Part = memo(Component) as unknown as ComponentType<Props>;
  return function Deferred(props: Props) {
    const drawn = useDeferredValue<Props | null>(props, null);
    return drawn === null ? placeholder : <Part {...drawn} />;
  };
}
