import type { Position } from "../../../src/geo/position.js";
import { Latest } from "../../bridge/latest.js";
import type { CameraRig } from "../camera/cameraRig.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { CameraMode } from "../sceneTypes.js";
import type { FindMatch } from "./findMatches.js";

/** What the camera was sent to; it stays marked until the camera goes back. */
export type FoundPlace = { readonly position: Position; readonly label: string };

/** The scene as it is when the camera moves: its origin may be another than last time. */
type Around = { readonly frame: SceneFrame; readonly onModeChange: ((mode: CameraMode) => void) | undefined };

type View = { readonly mode: CameraMode; readonly position: Position; readonly rangeM: number };

const RANGE_M = { place: 3500, contact: 450, position: 1200 } as const;

/** Sends the camera to a place, and back to where it was before the first of them. */
export class Finder {
  readonly isOpen = new Latest(false);
  readonly shown = new Latest<FoundPlace | undefined>(undefined);
  readonly #rig: CameraRig;
  #before: View | undefined;

  constructor(rig: CameraRig) {
    this.#rig = rig;
  }

  goTo(match: FindMatch, label: string, { frame, onModeChange }: Around): void {
    const rig = this.#rig;
    const { targetEastM, targetNorthM, rangeM } = rig.goal;
    this.#before ??= { mode: rig.mode, position: frame.positionOf(targetEastM, targetNorthM), rangeM };
    if (rig.mode === "follow") {
      rig.setMode("free");
      onModeChange?.("free");
    }
    const { eastM, northM } = frame.pointOf(match.position);
    const wholeM = match.kind === "position" ? 2 * (match.squareM ?? 0) : 0;
    rig.lookAt(eastM, northM, Math.max(RANGE_M[match.kind], wholeM));
    this.shown.set({ position: match.position, label });
  }

  back({ frame, onModeChange }: Around): void {
    const before = this.#before;
    this.forget();
    if (!before) return;
    const rig = this.#rig;
    if (rig.mode !== before.mode) {
      rig.setMode(before.mode);
      onModeChange?.(before.mode);
    }
    const { eastM, northM } = frame.pointOf(before.position);
    rig.lookAt(eastM, northM, before.rangeM);
  }

  /** The camera was moved back by other means: it follows the aircraft again. */
  forget(): void {
    this.#before = undefined;
    this.shown.set(undefined);
  }
}
