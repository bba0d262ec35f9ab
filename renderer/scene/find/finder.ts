import type { Position } from "../../../src/geo/position.js";
import { Latest } from "../../bridge/latest.js";
import type { CameraRig } from "../camera/cameraRig.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { CameraMode } from "../sceneTypes.js";
import type { FindMatch } from "./findMatches.js";

/** What the camera was sent to; it stays marked until the camera goes back. */
export type FoundPlace = { readonly position: Position; readonly label: string };

/** A place to look at, in the scene's metres, and from how far. */
export type Visit = { readonly eastM: number; readonly northM: number; readonly rangeM: number };

/** The scene as it is when the camera moves: its origin may be another than last time. */
type Around = { readonly frame: SceneFrame; readonly onModeChange: ((mode: CameraMode) => void) | undefined };

type View = { readonly mode: CameraMode; readonly position: Position; readonly rangeM: number };

const RANGE_M = { place: 3500, contact: 450, position: 1200 } as const;

/** Sends the camera to a place, and back to where it was before the first of them. */
export class Finder {
  readonly isOpen = new Latest(false);
  /** The camera can be brought back. */
  readonly isAway = new Latest(false);
  readonly shown = new Latest<FoundPlace | undefined>(undefined);
  readonly #rig: CameraRig;
  #before: View | undefined;

  constructor(rig: CameraRig) {
    this.#rig = rig;
  }

  goTo(match: FindMatch, label: string, around: Around): void {
    const wholeM = match.kind === "position" ? 2 * (match.squareM ?? 0) : 0;
    const rangeM = Math.max(RANGE_M[match.kind], wholeM);
    this.visit({ ...around.frame.pointOf(match.position), rangeM }, around);
    this.shown.set({ position: match.position, label });
  }

  /** What was searched for before is no longer marked. */
  visit({ eastM, northM, rangeM }: Visit, { frame, onModeChange }: Around): void {
    const rig = this.#rig;
    const { goal } = rig;
    this.#before ??= {
      mode: rig.mode,
      position: frame.positionOf(goal.targetEastM, goal.targetNorthM),
      rangeM: goal.rangeM,
    };
    if (rig.mode === "follow") {
      rig.setMode("free");
      onModeChange?.("free");
    }
    rig.lookAt(eastM, northM, rangeM);
    this.shown.set(undefined);
    this.isAway.set(true);
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
    this.isAway.set(false);
  }
}
