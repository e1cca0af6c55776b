// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { HorizontalScroll } from "./horizontal-scroll.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Renders two tables of the same name, whose contents have a width in pixels. jsdom has no layout. */
function renderTables(contentWidth: number) {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      readonly #measure: () => void;
      constructor(measure: () => void) {
        this.#measure = measure;
      }
      observe() {
        this.#measure();
      }
      disconnect() {}
    },
  );
  vi.spyOn(Element.prototype, "scrollWidth", "get").mockReturnValue(contentWidth);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(300);
  render(
    <>
      <HorizontalScroll label="Cameras of Corner shop">first</HorizontalScroll>
      <HorizontalScroll label="Cameras of Corner shop">second</HorizontalScroll>
    </>,
  );
}

it("is focusable with a name when its content is too wide, and no landmark", () => {
  renderTables(301);
  const groups = screen.getAllByRole("group", { name: "Cameras of Corner shop" });
  expect(groups.map((group) => group.tabIndex)).toEqual([0, 0]);
  expect(screen.queryByRole("region")).toBeNull();
});

it("is not focusable when its content fits", () => {
  renderTables(300);
  expect(screen.queryByRole("group")).toBeNull();
});
