import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import type { TileAddress } from "../../../src/geo/tiles/webMercator.js";
import type { MapTile } from "../../bridge/stationMaps.js";
import type { PacerClock } from "../framePacer.js";
import type { ReadTile, TilePicture } from "./tilePicture.js";

/** Tiles asked for at once: the station reads them one after another, and what the camera has left behind must not be waited for. */
const ASKED_AT_ONCE = 6;
/** About 100 MB of pictures of 256 pixels. */
const KEPT = 400;
/** A tile that a server did not give is asked for again after so long. */
const AGAIN_AFTER_MS = 12_000;

type Entry =
  | { readonly state: "asked" }
  | { readonly state: "here"; readonly picture: TilePicture }
  /** Does not exist, or cannot be read. */
  | { readonly state: "none" }
  | { readonly state: "later"; readonly notBeforeMs: number };

type Tools = {
  readonly map: MapDescription;
  readonly ask: (mapId: string, tile: TileAddress) => Promise<MapTile>;
  readonly read: ReadTile;
  /** A tile has arrived: what shows it may be painted again. */
  readonly onArrived: (picture: TilePicture, tile: TileAddress) => void;
  /** The server does not give what it may have, or gives again. */
  readonly onOffline: (isOffline: boolean) => void;
  readonly clock: PacerClock;
};

/** The tiles of one map that have been read, the longest unused forgotten first. */
export class TilePictures {
  readonly map: MapDescription;
  readonly #tools: Tools;
  readonly #entries = new Map<string, Entry>();
  #wanted: readonly TileAddress[] = [];
  #asking = 0;
  #isDisposed = false;

  constructor(tools: Tools) {
    this.#tools = tools;
    this.map = tools.map;
  }

  /** The tiles to be shown now, the most important first; replaces those wanted before. */
  want(tiles: readonly TileAddress[]): void {
    this.#wanted = tiles;
    this.#askNext();
  }

  get(tile: TileAddress): TilePicture | undefined {
    const key = keyOf(tile);
    const entry = this.#entries.get(key);
    if (entry?.state !== "here") return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.picture;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const entry of this.#entries.values()) if (entry.state === "here") entry.picture.dispose();
    this.#entries.clear();
  }

  #askNext(): void {
    for (const tile of this.#wanted) {
      if (this.#asking >= ASKED_AT_ONCE || this.#isDisposed) return;
      const known = this.#entries.get(keyOf(tile));
      const isDue = known?.state === "later" && known.notBeforeMs <= this.#tools.clock.nowMs();
      if (known === undefined || isDue) void this.#ask(tile);
    }
  }

  async #ask(tile: TileAddress): Promise<void> {
    const key = keyOf(tile);
    this.#asking++;
    this.#entries.set(key, { state: "asked" });
    const entry = await this.#entryFor(tile);
    this.#asking--;
    if (this.#isDisposed) {
      if (entry.state === "here") entry.picture.dispose();
      return;
    }
    this.#entries.set(key, entry);
    this.#forgetOldest();
    if (entry.state === "here") this.#tools.onArrived(entry.picture, tile);
    if (entry.state !== "none") this.#tools.onOffline(entry.state === "later");
    // The camera may stand still for minutes: what is missing is asked for again by itself.
    if (entry.state === "later") this.#tools.clock.after(AGAIN_AFTER_MS, () => this.#askNext());
    this.#askNext();
  }

  async #entryFor(tile: TileAddress): Promise<Entry> {
    const { map, ask, read, clock } = this.#tools;
    const { bytes, isLater } = await ask(map.id, tile);
    if (!bytes) return isLater ? { state: "later", notBeforeMs: clock.nowMs() + AGAIN_AFTER_MS } : { state: "none" };
    try {
      return { state: "here", picture: await read(bytes, map.encoding) };
    } catch {
      // The bytes are no such picture: as if the map had none here.
      return { state: "none" };
    }
  }

  #forgetOldest(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= KEPT) return;
      if (entry.state === "asked") continue;
      if (entry.state === "here") entry.picture.dispose();
      this.#entries.delete(key);
    }
  }
}

const keyOf = ({ zoom, column, row }: TileAddress): string => `${zoom}/${column}/${row}`;
