import { err, ok, type Result } from "../../../core/result.js";
import { mayHaveFiles } from "../../../mavlink/capabilities.js";
import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import { PACKED_PARAMS_PATH, readPackedParams } from "../../../mavlink/params/packedParams.js";
import { HASH_PARAM, paramStopList, type ReceivedParam } from "../../../mavlink/protocols/params/paramWire.js";
import type { FtpFailure } from "../../../mavlink/protocols/files/ftpClient.js";
import type { ParamFailure, ParamLoad, ParamSource } from "../../../vehicle/params.js";
import { readWholeFile, type FtpRunner } from "../ftpRunner.js";
import { runParamListing, type ParamListing } from "./paramServiceListing.js";
import type { ParamExchanges } from "./paramServiceExchanges.js";
import { readParamCache } from "./paramStoreCache.js";
import type { VehicleServiceContext } from "../vehicleService.js";

export type LoadedParams = {
  readonly way: ParamSource;
  readonly params: readonly ListedParam[];
  readonly hash: number | undefined;
  readonly volatileNames: readonly string[];
};

type ParamLoaderOptions = {
  readonly context: VehicleServiceContext;
  readonly ftp: FtpRunner;
  readonly exchanges: ParamExchanges;
  readonly cachePath: () => string;
  readonly onProgress: (load: Extract<ParamLoad, { phase: "loading" }>) => void;
};

const FILE_HEADER_BYTES = 6;

type WayFailure = ParamFailure | { readonly kind: "not-this-way" };
type WayResult = Result<LoadedParams, WayFailure>;

/**
 * Loads the whole table by the fastest way that works: PX4's hash with the cached table, the packed file, one by one.
 * It does not claim the transfer lock but gives way to whoever does: a plan goes first, and an interrupted load starts
 * again afterwards.
 */
export class ParamLoader {
  readonly #options: ParamLoaderOptions;
  #listing: ParamListing | undefined;
  #stop: (() => void) | undefined;
  #isCancelled = false;
  #mayGoOn = true;
  #goOn: (() => void) | undefined;

  constructor(options: ParamLoaderOptions) {
    this.#options = options;
  }

  readonly onParam = (param: ReceivedParam): void => this.#listing?.onEvent({ kind: "received", param });
  readonly onLost = (): void => {
    this.#listing?.onEvent({ kind: "vehicle-lost" });
    this.#goOn?.();
  };

  /** While false, the running load is interrupted and waits. */
  readonly mayGoOn = (mayGoOn: boolean): void => {
    this.#mayGoOn = mayGoOn;
    if (mayGoOn) this.#goOn?.();
    else this.#stop?.();
  };

  readonly cancel = (): void => {
    this.#isCancelled = true;
    this.#stop?.();
    this.#goOn?.();
  };

  /** `isFresh` ignores the cache. The caller must not start two loads at once. Never rejects. */
  readonly load = async (isFresh: boolean): Promise<Result<LoadedParams, ParamFailure>> => {
    this.#isCancelled = false;
    const ways = this.#ways(isFresh);
    for (let index = 0; index < ways.length;) {
      await this.#untilItMayGoOn();
      if (this.#wasCancelled()) return err({ kind: "cancelled" });
      if (this.#options.context.vehicle.isLost()) return err({ kind: "vehicle-lost" });
      const result = await this.#try(ways[index] ?? "one-by-one");
      if (result.ok) return result;
      if (result.error.kind === "vehicle-lost") return err(result.error);
      if (result.error.kind === "cancelled") continue; // interrupted: the next round waits, or ends the load
      if (index === ways.length - 1)
        return err(result.error.kind === "not-this-way" ? { kind: "no-reply" } : result.error);
      index++;
    }
    return err({ kind: "no-reply" });
  };

  #ways(isFresh: boolean): readonly ParamSource[] {
    const { autopilot, version } = this.#options.context.vehicle.state();
    const ways: ParamSource[] = [];
    if (autopilot === "px4" && !isFresh) ways.push("cache");
    if (mayHaveFiles(version)) ways.push("packed-file");
    return [...ways, "one-by-one"];
  }

  #wasCancelled(): boolean {
    return this.#isCancelled;
  }

  async #untilItMayGoOn(): Promise<void> {
    while (!this.#mayGoOn && !this.#isCancelled && !this.#options.context.vehicle.isLost()) {
      await new Promise<void>((resolve) => (this.#goOn = resolve));
    }
    this.#goOn = undefined;
  }

  async #try(way: ParamSource): Promise<WayResult> {
    this.#options.onProgress({ phase: "loading", way, countOfDone: 0, countOfAll: undefined });
    const result = await this.#by(way);
    this.#stop = undefined;
    return result;
  }

  #by(way: ParamSource): Promise<WayResult> {
    if (way === "cache") return this.#byCache();
    return way === "packed-file" ? this.#byPackedFile() : this.#oneByOne();
  }

  async #byCache(): Promise<WayResult> {
    const hash = await this.#options.exchanges.exchange({ name: HASH_PARAM, wanted: undefined, type: undefined });
    if (!hash.ok) return err(hash.error.kind === "vehicle-lost" ? hash.error : { kind: "not-this-way" });
    const cached = await readParamCache(this.#options.cachePath(), hash.value.value >>> 0);
    return cached ? ok({ way: "cache", ...cached }) : err({ kind: "not-this-way" });
  }

  async #byPackedFile(): Promise<WayResult> {
    const file = readWholeFile(this.#options.ftp, PACKED_PARAMS_PATH, ({ bytesDone, announcedBytes }) => {
      const head = file.bytes();
      if (head.byteLength < FILE_HEADER_BYTES) return;
      const countOfAll = (head[2] ?? 0) | ((head[3] ?? 0) << 8);
      const share = bytesDone / Math.max(bytesDone, announcedBytes ?? 0, 1);
      const countOfDone = Math.min(countOfAll, Math.floor(countOfAll * share));
      this.#options.onProgress({ phase: "loading", way: "packed-file", countOfDone, countOfAll });
    });
    this.#stop = file.cancel;
    const ending = await file.ending;
    if (!ending.isOk) return err(failureOfFile(ending.failure));
    const read = readPackedParams(file.bytes());
    if (!read.ok) return err({ kind: "not-this-way" });
    return ok({ way: "packed-file", params: read.value, hash: undefined, volatileNames: [] });
  }

  async #oneByOne(): Promise<WayResult> {
    const { context, onProgress } = this.#options;
    const listing = runParamListing(context, (countOfDone, countOfAll) =>
      onProgress({ phase: "loading", way: "one-by-one", countOfDone, countOfAll }),
    );
    this.#listing = listing;
    this.#stop = () => {
      listing.onEvent({ kind: "cancel" });
      if (context.vehicle.state().autopilot === "px4") context.link.send(paramStopList(context.link.vehicle));
    };
    const result = await listing.result;
    this.#listing = undefined;
    return result.ok ? ok({ way: "one-by-one", ...result.value, volatileNames: [] }) : result;
  }
}

const failureOfFile = ({ kind }: FtpFailure): WayFailure =>
  kind === "cancelled" || kind === "vehicle-lost" ? { kind } : { kind: "not-this-way" };
