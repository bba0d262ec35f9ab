/** Coast, names of places and heights, which the station gives when it is asked. */
import type { GroundFiles } from "../../src/contract/groundMessages.js";
import type { Hello, UiRequest } from "../../src/contract/messages.js";
import type { PackWork } from "../../src/contract/packMessages.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { PlacesDocument } from "../../src/geo/places/placesDocument.js";
import { type HeightGrid, heightGridOf, type HeightsAsked } from "../../src/geo/terrain/heightGrid.js";
import type { KnownHeight } from "../../src/geo/terrain/knownHeight.js";
import type { Position } from "../../src/geo/position.js";
import { Latest } from "./latest.js";
import type { Reply } from "./requests.js";

export type StationTerrain = {
  /** Names of the files; a new list whenever heights should be asked for again. */
  readonly files: Latest<readonly string[]>;
  /** All files of heights and maps, and the coast's origin, once the station has read them. */
  readonly inventory: Latest<GroundFiles | undefined>;
  /** Undefined where no file knows the ground, or the station did not answer. */
  readonly heights: (asked: HeightsAsked) => Promise<HeightGrid | undefined>;
  /** Of the ground at one place, with its error; undefined likewise. */
  readonly heightAt: (position: Position) => Promise<KnownHeight | undefined>;
};

type StationGround = {
  readonly terrain: StationTerrain;
  /** After a hello, and after a silence, in which what was asked for is lost. */
  readonly load: () => void;
};

/** Of some hundred kilobytes each. */
const SQUARES_KEPT = 6;

type GroundStreams = {
  readonly coast: Latest<CoastDocument | undefined>;
  readonly places: Latest<PlacesDocument | undefined>;
  readonly hello: Latest<Hello | undefined>;
  readonly packWork: Latest<PackWork | undefined>;
};

export function createStationGround(
  { coast, places, hello, packWork }: GroundStreams,
  ask: (request: UiRequest) => Promise<Reply>,
): StationGround {
  const files = new Latest<readonly string[]>([]);
  const inventory = new Latest<GroundFiles | undefined>(undefined);
  const loadInventory = async (): Promise<void> => {
    const reply = await ask({ kind: "get-ground-files" });
    if (reply.ok && reply.value.kind === "ground-files") inventory.set(reply.value);
  };
  coast.onChange(() => void loadInventory());
  // A work with a pack that is over may have changed what is there.
  packWork.onChange(() => {
    if (!packWork.get()) void loadInventory();
  });
  const loadCoast = async (): Promise<void> => {
    if (coast.get() || hello.get()?.hasCoast !== true) return;
    const reply = await ask({ kind: "get-coast" });
    if (reply.ok && reply.value.kind === "coast") coast.set(JSON.parse(reply.value.documentJson) as CoastDocument);
  };
  const loadPlaces = async (): Promise<void> => {
    if (places.get() || hello.get()?.hasPlaces !== true) return;
    const reply = await ask({ kind: "get-places" });
    if (reply.ok && reply.value.kind === "places") places.set(JSON.parse(reply.value.documentJson) as PlacesDocument);
  };
  const squares = new Map<string, Promise<HeightGrid | undefined>>();
  const askHeights = async (asked: HeightsAsked): Promise<HeightGrid | undefined> => {
    const reply = await ask({ kind: "get-heights", ...asked });
    const isHere = reply.ok && reply.value.kind === "heights";
    return isHere ? heightGridOf(reply.value.bytes, asked.halfWidthM) : undefined;
  };
  return {
    terrain: {
      files,
      inventory,
      heights: (asked) => {
        const key = JSON.stringify(asked);
        const known = squares.get(key) ?? askHeights(asked);
        // Each workspace has its own scene, mostly around the same place.
        squares.delete(key);
        squares.set(key, known);
        for (const oldest of squares.keys()) if (squares.size > SQUARES_KEPT) squares.delete(oldest);
        return known;
      },
      heightAt: async (position) => {
        const reply = await ask({ kind: "get-height", position });
        return reply.ok && reply.value.kind === "height" ? reply.value.height : undefined;
      },
    },
    load: () => {
      squares.clear();
      void loadCoast();
      void loadPlaces();
      void loadInventory();
      files.set([...(hello.get()?.terrainFiles ?? [])]);
    },
  };
}
