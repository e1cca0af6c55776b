"""Find text that a page cuts off or breaks inside a word."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

# Text is cut off where its box ends outside of an ancestor that hides what overflows, where a list or a field is
# narrower than what it shows, and where a chart ends. A region that scrolls shows everything, and so does a `title`.
# A word is broken where its letters are on two lines. A longer one than any word of a language may be.
_FIND_CLIPPED: Final = """
() => {
  const found = [];
  const tolerance = 1.5;
  const measure = document.createElement("canvas").getContext("2d");
  const widthOf = (text, element) => {
    measure.font = getComputedStyle(element).font;
    return measure.measureText(text).width;
  };
  const isShown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Such text is in a box of one pixel.
  const isForScreenReaders = element => {
    for (let outer = element; outer !== null && outer !== document.body; outer = outer.parentElement)
      if (outer.clientWidth === 1 && outer.clientHeight === 1) return true;
    return false;
  };
  const isLetter = /[\\p{L}\\p{M}\\p{N}]/u;
  const report = (element, text, why) =>
    found.push(`${why}: ${text.trim().slice(0, 60)} <${element.tagName.toLowerCase()}>`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent ?? "";
    if (text.trim() === "" || ["SCRIPT", "STYLE", "OPTION", "TITLE", "TEXTAREA"].includes(element.tagName)) continue;
    if (!isShown(element) || isForScreenReaders(element) || element.closest("[title]") !== null) continue;
    const range = document.createRange();
    if (!element.closest("code, pre, svg"))
      for (const { 0: word, index } of text.matchAll(/[\\p{L}\\p{M}\\p{N}]{2,30}(?![\\p{L}\\p{M}\\p{N}])/gu)) {
        if (index > 0 && isLetter.test(text[index - 1])) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
        if (new Set(boxes.map(({ top }) => Math.round(top))).size > 1) report(element, word, "broken inside a word");
      }
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const svg = element.closest("svg");
    if (svg !== null) {
      const frame = svg.getBoundingClientRect();
      if (box.left < frame.left - tolerance || box.right > frame.right + tolerance || box.top < frame.top - 3)
        report(element, text, "outside of the chart");
      continue;
    }
    for (let outer = element; outer !== null && outer !== document.body; outer = outer.parentElement) {
      const { overflowX, overflowY, lineHeight } = getComputedStyle(outer);
      const frame = outer.getBoundingClientRect();
      const scrolls = ["auto", "scroll"];
      if (scrolls.includes(overflowX) || scrolls.includes(overflowY)) break;
      if (overflowX !== "visible" && (box.left < frame.left - tolerance || box.right > frame.right + tolerance)) {
        report(element, text, "cut off at the side");
        break;
      }
      if (overflowY !== "visible" && box.bottom > frame.bottom + 4) {
        report(element, text, "cut off below");
        break;
      }
    }
  }
  for (const field of document.querySelectorAll("select, input[placeholder]")) {
    if (!isShown(field) || field.title !== "") continue;
    const style = getComputedStyle(field);
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const texts = field.tagName === "SELECT"
      ? [...field.options].map(option => option.text)
      : field.value === "" ? [field.placeholder] : [];
    for (const text of texts) if (widthOf(text, field) > room + tolerance) report(field, text, "wider than its field");
  }
  return found;
}
"""


def clipped_text(page: Page, width: int) -> list[str]:
    """Return the texts that are cut off or broken in a window of a width, in CSS pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    found: list[str] = page.evaluate(_FIND_CLIPPED)
    return sorted(set(found))
