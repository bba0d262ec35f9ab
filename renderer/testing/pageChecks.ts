/** Checks of any page: text that does not fit, focus that cannot be seen. */
import type { Page } from "playwright-core";

/**
 * Boxes whose text must fit. Boxes that scroll sideways by design (chips of many aircraft, wide tables) are not
 * included.
 */
const BOXES = [
  ...[".app-top", ".app-foot", ".ui-button", ".ui-panel", ".ui-field", ".ui-text", ".ui-toast", ".ui-check"],
  ...["[role=tab]", "[role=tablist]", ".fly-strip", ".fly-readings", ".fly-bar", ".fly-side__body", ".fly-device"],
  ...[".fly-fleet-row", ".fly-command-row", ".plan-override", ".setup-page", ".setup-rail", "h2", "h3", "body"],
].join(", ");

/** Every shown box that is wider inside than outside, as "class: words". */
export const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll(${JSON.stringify(BOXES)})]
    .filter((box) => box.checkVisibility() && box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1)
    .map((box) => (box.className || box.tagName) + ": " + box.scrollWidth + " > " + box.clientWidth + " " +
      box.textContent.trim().slice(0, 60))`);

/** Whether the focused element shows that it is: by an outline or by a frame of another kind. */
export const isFocusSeen = (page: Page): Promise<boolean> =>
  page.evaluate(`(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || !focused.matches(":focus-visible")) return false;
    const style = getComputedStyle(focused);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  })()`);

/** Controls that must be reachable, and banners that must be readable in flight. */
const REACHED = "button, [role=tab], input, select, textarea, .app-banner__words, .line-slot__last, .readout-value";

/**
 * Every shown control that does not lie wholly within the window, or is cut off by a box that does not scroll, as "id: by
 * what". What stands in a box that scrolls is reached by scrolling; then that box must lie in the window.
 */
export const outOfReach = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const isWithin = (box, frame) => box.left >= frame.left - 1 && box.right <= frame.right + 1 &&
      box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
    const page = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const cutBy = (element) => {
      let box = element.getBoundingClientRect();
      for (let up = element.parentElement; up; up = up.parentElement) {
        const style = getComputedStyle(up);
        const overflow = style.overflowX + style.overflowY;
        if (/auto|scroll/.test(overflow)) box = up.getBoundingClientRect();
        else if (/hidden|clip/.test(overflow) && !isWithin(box, up.getBoundingClientRect())) return up.className || up.tagName;
        if (style.position === "fixed") break;
      }
      return isWithin(box, page) ? undefined : "the window";
    };
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.getBoundingClientRect().width > 1 && !element.closest(".ui-visually-hidden");
    return [...document.querySelectorAll(${JSON.stringify(REACHED)})].filter(isShown).flatMap((element) => {
      const by = cutBy(element);
      const name = element.dataset.testid || element.className || element.tagName;
      return by === undefined ? [] : [name + ": cut by " + by];
    });
  })()`);
