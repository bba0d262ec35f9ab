/** What a designer looks for on any page, asked of the page itself: words that do not fit, focus that cannot be seen. */
import type { Page } from "playwright-core";

/** Boxes whose words must fit. Lists that scroll sideways by design (chips of many aircraft, wide tables) are not here. */
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
