import type { ReactNode } from "react";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { PlacesDocument } from "../../src/geo/places/placesDocument.js";
import type { Position } from "../../src/geo/position.js";
import type { HeightGrid, HeightsAsked } from "../../src/geo/terrain/heightGrid.js";
import type { KnownHeight } from "../../src/geo/terrain/knownHeight.js";
import type { Contact } from "../../src/track/contact.js";
import type { Latest } from "../bridge/latest.js";
import type { StationMaps } from "../bridge/stationMaps.js";
import type { SceneVehicle } from "./sceneVehicle.js";
import type { SceneTime } from "./light/skyWatch.js";
import type { SceneTide } from "./tideWatch.js";

export type CameraMode = "follow" | "top" | "free";

/** A pointer over the ground. `position` is undefined above the horizon. */
export type GroundPointerEvent = {
  readonly position: Position | undefined;
  /** Pixels from the scene's top left corner. */
  readonly xPx: number;
  readonly yPx: number;
  readonly button: number;
  readonly isShift: boolean;
  /** Where a position appears on the screen, for picking with a finger's tolerance; undefined behind the camera. */
  readonly toScreen: (
    position: Position,
    heightAmslM: number,
  ) => { readonly xPx: number; readonly yPx: number } | undefined;
  /** CSS cursor while the pointer stays here; the last handler to call it wins. */
  readonly setCursor: (cursor: string) => void;
};

/**
 * `onDown` returning true captures the drag: the camera stays still until `onUp`, and `onMove` gets every move.
 * `onClick` comes for a press and release without a drag; returning true stops later handlers and `onGroundPick`.
 */
export type GroundPointerHandlers = {
  readonly onDown?: (event: GroundPointerEvent) => boolean;
  readonly onMove?: (event: GroundPointerEvent, isCaptured: boolean) => void;
  readonly onUp?: (event: GroundPointerEvent) => void;
  readonly onClick?: (event: GroundPointerEvent) => boolean;
  readonly onDoubleClick?: (event: GroundPointerEvent) => boolean;
};

/** Where the scene gets heights from. */
export type SceneTerrain = {
  /** Names of the files; a new list, even of the same names, is another station's. */
  readonly files: Latest<readonly string[]>;
  /** Undefined where nothing is known, or the station did not answer. */
  readonly heights: (asked: HeightsAsked) => Promise<HeightGrid | undefined>;
  /** Of one place, with its error; undefined likewise. */
  readonly heightAt: (position: Position) => Promise<KnownHeight | undefined>;
};

/** Names of places, and the contacts that are drawn. */
export type SceneFind = {
  readonly places: Latest<PlacesDocument | undefined>;
  readonly contacts: Latest<readonly Contact[]> | undefined;
};

/** The place that a card tells about, and home, from which it is reckoned. */
export type SceneWhere = {
  readonly pinned: Latest<Position | undefined>;
  readonly home: Latest<{ readonly position: Position; readonly altitudeAmslM: number } | undefined>;
};

/** What the small map shows beside the coast and the camera. */
export type SceneMiniMap = {
  readonly vehicles: Latest<readonly SceneVehicle[]>;
  readonly home: Latest<Position | undefined>;
};

export type CoastSceneProps = {
  readonly mode: CameraMode;
  /** Called when a drag or the wheel leaves the mode ("follow" becomes "free" when the pilot pans away). */
  readonly onModeChange?: (mode: CameraMode) => void;
  readonly coast: Latest<CoastDocument | undefined>;
  /** Heights of the ground; without it everything stands at sea level. */
  readonly terrain?: SceneTerrain;
  /** Maps that can lie on the ground. */
  readonly maps?: StationMaps;
  /** Without it the scene has no tide. */
  readonly tide?: SceneTide;
  /** What sun and moon are drawn and told for; without it nothing is known of them. */
  readonly sceneTime?: SceneTime;
  /** Which hour that is, in words, where it is not the time of the clock on the page. */
  readonly hourNote?: string | undefined;
  /** Origin of the scene's coordinates: home, or the first known position, or the middle of the plan. */
  readonly origin: Latest<Position | undefined>;
  /** What follow mode keeps in the middle. */
  readonly focus: Latest<{ readonly position: Position; readonly altitudeAmslM: number } | undefined>;
  /** Each new value makes the camera fit these positions once. */
  readonly fit?: Latest<readonly Position[] | undefined>;
  readonly pointer?: GroundPointerHandlers;
  /** A click on the ground that no layer handled. */
  readonly onGroundPick?: (position: Position) => void;
  /** The next click on the ground is wanted by the workspace: nothing of the scene's own takes it. */
  readonly isPicking?: boolean;
  /** Pixels covered by panels at the edges: fitting and following use the rest. */
  readonly insetPx?: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Where the scale bar stands; at the top where something floats over the bottom. */
  readonly scaleAt?: "top" | "bottom";
  /** What can be searched for beside positions; without it there is nothing to search with. */
  readonly find?: SceneFind;
  /** Without it no card tells about a place. */
  readonly where?: SceneWhere;
  /** Without it there is no small map in the corner. */
  readonly miniMap?: SceneMiniMap;
  /** Label for screen readers. */
  readonly label: string;
  readonly children?: ReactNode;
};
