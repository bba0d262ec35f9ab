import { useText } from "../app/text.js";
import { useLatest } from "../bridge/latest.js";
import { useFly } from "./FlyContext.js";

const CAMERAS = [
  { mode: "follow", shortcut: "F" },
  { mode: "top", shortcut: "M" },
  { mode: "free", shortcut: "" },
] as const;

/** Camera modes and open panels. Dragging the map also selects the free camera. */
export function ViewButtons() {
  const t = useText();
  const { flyView } = useFly();
  const camera = useLatest(flyView.camera, (mode) => mode);
  const isLeftOpen = useLatest(flyView.isLeftOpen, (open) => open);
  const isRightOpen = useLatest(flyView.isRightOpen, (open) => open);
  return (
    <div className="fly-views">
      <button
        type="button"
        aria-pressed={isLeftOpen}
        title={`${t("fly.view.contacts")} (C)`}
        onClick={() => flyView.isLeftOpen.set(!isLeftOpen)}
      >
        {isLeftOpen ? "◂" : "▸"} {t("fly.view.contacts")}
      </button>
      <span className="fly-cameras" role="radiogroup">
        {CAMERAS.map(({ mode, shortcut }) => (
          <button
            key={mode}
            type="button"
            role="radio"
            aria-checked={camera === mode}
            data-testid={`camera-${mode}`}
            onClick={() => flyView.camera.set(mode)}
          >
            {t(mode === "top" ? "fly.view.map" : `fly.view.${mode}`)}{" "}
            {shortcut !== "" && <kbd aria-hidden="true">{shortcut}</kbd>}
          </button>
        ))}
      </span>
      <button
        type="button"
        aria-pressed={isRightOpen}
        title={`${t("fly.view.picture")} (X)`}
        onClick={() => flyView.isRightOpen.set(!isRightOpen)}
      >
        {t("panels.thermal")} {isRightOpen ? "▸" : "◂"}
      </button>
    </div>
  );
}
