import { type PointerEvent, type RefObject, useEffect, useState } from "react";

/**
 * The index of the bar or point under the pointer; null without one. A mouse that leaves the chart clears it. A tap sets it until
 * the next tap outside of the chart.
 */
export function useActiveIndex(container: RefObject<Element | null>, indexAt: (x: number) => number | null) {
  const [active, setActive] = useState<number | null>(null);

  useEffect(() => {
    if (active === null) return;
    function clear(event: Event) {
      if (!(event.target instanceof Node && container.current?.contains(event.target))) setActive(null);
    }
    document.addEventListener("pointerdown", clear);
    return () => document.removeEventListener("pointerdown", clear);
  }, [active, container]);

  function handlePointer(event: PointerEvent<Element>) {
    setActive(indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  }

  return {
    active,
    setActive,
    pointerHandlers: {
      onPointerDown: handlePointer,
      onPointerMove: handlePointer,
      onPointerLeave: (event: PointerEvent<Element>) => {
        if (event.pointerType !== "touch") setActive(null);
      },
    },
  };
}
