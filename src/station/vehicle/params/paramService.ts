import { PARAM_REQUESTS, type ServiceReply } from "../../../contract/serviceMessages.js";
import type { ParamRequest } from "../../../contract/serviceMessages.js";
import type { ToUi } from "../../../contract/messages.js";
import { assertNever, err, ok, type Result } from "../../../core/result.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import { readParamFile, writeParamFile, writeQgcParamFile } from "../../../mavlink/params/paramFile.js";
import {
  HASH_PARAM,
  receivedParamFrom,
  type ParamEncoding,
  type ReceivedParam,
} from "../../../mavlink/protocols/params/paramWire.js";
import { paramEncodingOf } from "../../../mavlink/dialects/dialectOf.js";
import type { NamedValue, ParamFailure, ParamLoad } from "../../../vehicle/params.js";
import type { FtpRunner } from "../ftpRunner.js";
import type { ParamReads } from "./paramReads.js";
import { ParamExchanges } from "./paramServiceExchanges.js";
import { ParamLoader, type LoadedParams } from "./paramServiceLoader.js";
import { COMP_METADATA_TYPE } from "../../../mavlink/componentMetadata.js";
import { readParamMetadata } from "../../../mavlink/params/paramMetadata.js";
import { MetadataFetcher } from "../metadata/metadataFetcher.js";
import { denialReasonOf } from "./paramServiceDenial.js";
import { createBootWatch } from "../bootWatch.js";
import { ParamStore } from "./paramStore.js";
import { paramCachePath, writeParamCache } from "./paramStoreCache.js";
import type { ServiceAnswer, AnsweringService, VehicleServiceContext } from "../vehicleService.js";
import { isArmed } from "../../../vehicle/selectors/airborne.js";

/**
 * When the table is loaded automatically: once, on the ground, this long after the vehicle was first received, and only
 * after its position and version have arrived. Never in the air or on a high-latency link; a plan or log transfer
 * always goes first. Flying needs no parameter.
 */
const AUTO_LOAD_AFTER_MS = 6000;
/** Without a position or version (indoors, an old autopilot) the automatic load starts after this long. */
const AUTO_LOAD_WITHOUT_ALL_AFTER_MS = 20_000;
const AUTO_LOAD_AGAIN_AFTER_MS = 30_000;
const AUTO_LOADS_MAX = 5;
const METADATA_TRIES_MAX = 3;
const CACHE_AFTER_MS = 5000;

type LoadResult = Result<void, ParamFailure>;
/** See `set-param` in the contract. */
type HowToSet = { readonly isForced: boolean; readonly isConfirmed: boolean };

/** One vehicle's parameters. https://mavlink.io/en/services/parameter.html */
export class ParamService implements AnsweringService<ParamRequest>, ParamReads {
  readonly #context: VehicleServiceContext;
  readonly #store = new ParamStore();
  readonly #exchanges: ParamExchanges;
  readonly #loader: ParamLoader;
  readonly #metadata: MetadataFetcher;
  readonly #firstReceivedMonoMs: number;
  #load: ParamLoad = { phase: "none" };
  #publishedLoad: ParamLoad = this.#load;
  #loading: Promise<LoadResult> | undefined;
  #isAutomatic = false;
  #autoLoadAtMonoMs: number;
  #countOfAutoLoads = 0;
  #metadataTries = 0;
  #isFetchingMetadata = false;
  #hash: number | undefined;
  #volatileNames: readonly string[] = [];
  #cacheAtMonoMs: number | undefined;
  readonly #rebootedAt = createBootWatch();
  /** The count that the autopilot last reported; `#isStale` when it has changed since the table was loaded. */
  #countPublished: number | undefined;
  #isStale = false;

  constructor(context: VehicleServiceContext, ftp: FtpRunner) {
    this.#context = context;
    this.#firstReceivedMonoMs = context.time.clock.monoMs();
    this.#autoLoadAtMonoMs = this.#firstReceivedMonoMs + AUTO_LOAD_AFTER_MS;
    this.#exchanges = new ParamExchanges(context, this.#encoding);
    this.#metadata = new MetadataFetcher(context, ftp);
    this.#loader = new ParamLoader({
      ...{ context, ftp, exchanges: this.#exchanges, cachePath: this.#cachePath },
      onProgress: (load) => this.#setLoad(load),
    });
  }

  readonly onFrame = (frame: MavlinkFrame): void => {
    const param = receivedParamFrom(frame, this.#context.link.vehicle, this.#encoding());
    if (param) this.#onParam(param);
    else this.#metadata.onFrame(frame);
    this.#watchBootClock(frame);
  };

  readonly tick = (): void => {
    this.#giveWay();
    if (this.#load !== this.#publishedLoad) this.#publishLoad();
    if (this.#load.phase === "complete") {
      const params = this.#store.takeChanges();
      if (params.length > 0) this.#publish({ kind: "params-changed", vehicleId: this.#id(), params });
    }
    this.#chores();
  };

  readonly onPresence = (isLost: boolean): void => {
    if (isLost) {
      this.#exchanges.onLost();
      this.#loader.onLost();
      this.#metadata.cancel();
    } else if (this.#load.phase !== "complete") {
      this.#countOfAutoLoads = 0;
      this.#autoLoadAtMonoMs = this.#context.time.clock.monoMs() + AUTO_LOAD_AFTER_MS;
    }
  };

  readonly snapshot = (): readonly ToUi[] =>
    this.#load.phase === "none" ? [] : [{ kind: "param-load", vehicleId: this.#id(), load: this.#load }];

  readonly dispose = (): void => {
    this.#loader.cancel();
    this.#exchanges.onLost();
    this.#metadata.cancel();
  };

  readonly read = async (name: string): Promise<number | undefined> => {
    if (this.#context.vehicle.isLost()) return undefined;
    const type = this.#store.get(name)?.type;
    const read = await this.#exchanges.exchange({ name, wanted: undefined, type });
    return read.ok ? read.value.value : undefined;
  };

  readonly answers = PARAM_REQUESTS;
  readonly answer = async (request: ParamRequest): Promise<ServiceAnswer> => {
    switch (request.kind) {
      case "load-params":
        return replyTo(await this.#loadAsked(request.isFresh));
      case "cancel-params":
        this.#loader.cancel();
        return done;
      case "get-params":
        return ok({ kind: "params", params: this.#store.params() });
      case "set-param":
        return replyTo(await this.#set(request, request));
      case "set-params":
        return ok(await this.#setAll(request.values, request.isConfirmed));
      case "read-param-file":
        return readFile(request.text);
      case "write-param-file":
        return this.#writeFile(request.format);
      default:
        return assertNever(request);
    }
  };

  // --- loading

  #loadAsked(isFresh: boolean): Promise<LoadResult> {
    const refusal = this.#refusal();
    if (refusal) return Promise.resolve(err(refusal));
    this.#isAutomatic = false;
    if (this.#loading) return this.#loading;
    if (this.#context.transferLock.isTaken()) return Promise.resolve(err({ kind: "busy" }));
    return this.#startLoad(isFresh);
  }

  #startLoad(isFresh: boolean): Promise<LoadResult> {
    this.#metadata.cancel();
    this.#hash = undefined;
    const loading = this.#loader.load(isFresh).then((loaded): LoadResult => {
      this.#loading = undefined;
      if (loaded.ok) this.#onLoaded(loaded.value);
      else {
        const countOfDone = this.#load.phase === "loading" ? this.#load.countOfDone : 0;
        this.#setLoad({ phase: "failed", failure: loaded.error, countOfDone });
        this.#context.outputs.record("params-not-loaded", { because: loaded.error.kind });
      }
      this.#publishLoad();
      return loaded.ok ? ok(undefined) : loaded;
    });
    this.#loading = loading;
    this.#publishLoad();
    return loading;
  }

  #onLoaded({ way, params, hash, volatileNames }: LoadedParams): void {
    this.#store.replaceAll(params);
    this.#hash = hash;
    this.#volatileNames = volatileNames;
    this.#countPublished = way === "cache" ? undefined : params.length;
    const unixTimeUs = this.#context.time.clock.unixUs();
    this.#setLoad({ phase: "complete", way, countOfAll: params.length, unixTimeUs });
    this.#context.outputs.record("params-loaded", { way, countOfAll: params.length });
    if (way !== "cache") this.#keepSoon();
  }

  #giveWay(): void {
    const isFlying = this.#isAutomatic && this.#isArmed();
    this.#loader.mayGoOn(!this.#context.transferLock.isTaken() && !isFlying);
    if (this.#isFetchingMetadata && (this.#context.transferLock.isTaken() || this.#isArmed())) this.#metadata.cancel();
  }

  /** Work that nobody requested, done while nothing else is in progress. */
  #chores(): void {
    const { transferLock, time } = this.#context;
    if (this.#loading || this.#refusal() || transferLock.isTaken() || this.#isArmed()) return;
    if (this.#isAutoLoadDue()) {
      this.#countOfAutoLoads++;
      this.#autoLoadAtMonoMs = time.clock.monoMs() + AUTO_LOAD_AGAIN_AFTER_MS;
      this.#isAutomatic = true;
      void this.#startLoad(false);
      return;
    }
    if (this.#load.phase !== "complete") return;
    if (this.#cacheAtMonoMs !== undefined && time.clock.monoMs() >= this.#cacheAtMonoMs) this.#keep();
    const isWanted = !this.#store.hasMetadata() && this.#metadataTries < METADATA_TRIES_MAX;
    if (isWanted && !this.#isFetchingMetadata) void this.#fetchMetadata();
  }

  #isAutoLoadDue(): boolean {
    const { vehicle, time } = this.#context;
    if ((this.#load.phase === "complete" && !this.#isStale) || this.#countOfAutoLoads >= AUTO_LOADS_MAX) return false;
    if (this.#load.phase === "failed" && this.#load.failure.kind === "cancelled") return false;
    const { heartbeat, autopilot, position, version } = vehicle.state();
    if (!heartbeat || autopilot === "other" || time.clock.monoMs() < this.#autoLoadAtMonoMs) return false;
    return (
      (position !== undefined && version !== undefined) ||
      time.clock.monoMs() - this.#firstReceivedMonoMs >= AUTO_LOAD_WITHOUT_ALL_AFTER_MS
    );
  }

  async #fetchMetadata(): Promise<void> {
    this.#isFetchingMetadata = true;
    this.#metadataTries++;
    const published = readParamMetadata(await this.#metadata.fetch(COMP_METADATA_TYPE.parameter));
    this.#isFetchingMetadata = false;
    if (!published) return;
    this.#store.publish(published);
    this.#volatileNames = this.#store.listed().flatMap(({ name }) => (published(name)?.isVolatile ? [name] : []));
    this.#keepSoon();
  }

  #keepSoon(): void {
    if (this.#context.vehicle.state().autopilot === "px4")
      this.#cacheAtMonoMs = this.#context.time.clock.monoMs() + CACHE_AFTER_MS;
  }

  #keep(): void {
    this.#cacheAtMonoMs = undefined;
    const params = this.#store.listed();
    void writeParamCache(this.#cachePath(), { params, hash: this.#hash, volatileNames: this.#volatileNames });
  }

  // --- single values

  #onParam({ index: _, countOfAll, ...param }: ReceivedParam): void {
    this.#loader.onParam({ index: _, countOfAll, ...param });
    this.#exchanges.onParam({ index: _, countOfAll, ...param });
    if (param.name === HASH_PARAM || this.#load.phase !== "complete" || this.#loading) return;
    if (this.#store.take(param)) {
      this.#hash = undefined;
      this.#keepSoon();
    }
    // An …_ENABLE parameter added parameters, or removed some.
    const before = this.#countPublished;
    this.#countPublished = countOfAll;
    if (before === undefined || before === countOfAll) return;
    this.#isStale = true;
    this.#countOfAutoLoads = 0;
    this.#autoLoadAtMonoMs = this.#context.time.clock.monoMs() + CACHE_AFTER_MS;
  }

  async #set({ name, value }: NamedValue, { isForced, isConfirmed }: HowToSet): Promise<LoadResult> {
    const refusal = this.#refusalToSet({ name, value }, { isForced, isConfirmed });
    if (refusal) return err(refusal);
    const known = this.#store.get(name);
    const before = known?.value;
    // Rounded here: most autopilots round the value of an integer parameter, some do not.
    const wanted = (known?.type ?? "real32") === "real32" ? value : Math.round(value);
    const result = await this.#exchanges.exchange({ name, wanted, type: known?.type });
    if (!result.ok) return result;
    this.#onSet({ name, ...result.value }, before);
    return ok(undefined);
  }

  #refusalToSet(wanted: NamedValue, { isForced, isConfirmed }: HowToSet): ParamFailure | undefined {
    const refusal = this.#refusal();
    if (refusal) return refusal;
    const { name } = wanted;
    if (this.#isArmed() && !isConfirmed) return { kind: "not-confirmed", name };
    const metadata = isForced ? undefined : this.#store.metadataOf(name);
    return denialReasonOf(wanted, this.#store.get(name)?.type, metadata);
  }

  #onSet(param: ListedParam, before: number | undefined): void {
    this.#store.take(param);
    if (param.value !== before) this.#store.awaitReboot(param.name);
    this.#context.outputs.record("param-set", { name: param.name, value: param.value, before: before ?? null });
  }

  async #setAll(values: readonly NamedValue[], isConfirmed: boolean): Promise<ServiceReply> {
    const notTaken: ParamFailure[] = [];
    let countOfSet = 0;
    for (const value of values) {
      const set = await this.#set(value, { isForced: false, isConfirmed });
      if (set.ok) countOfSet++;
      else notTaken.push(set.error);
      // No vehicle answers: the remaining values would fail in the same way, each after its time-out.
      if (!set.ok && (set.error.kind === "vehicle-lost" || set.error.kind === "not-now")) break;
    }
    return { kind: "params-set", countOfSet, notTaken };
  }

  async #writeFile(format: "param" | "params"): Promise<ServiceAnswer> {
    if (this.#load.phase !== "complete") {
      const loaded = await this.#loadAsked(false);
      if (!loaded.ok) return replyTo(loaded);
    }
    const params = this.#store.params();
    const { systemId, componentId } = this.#context.link.vehicle;
    const { autopilot, version } = this.#context.vehicle.state();
    const remarks = [
      `Stack: ${autopilot}`,
      ...(version?.firmwareVersion ? [`Version: ${version.firmwareVersion}`] : []),
    ];
    const text =
      format === "param" ? writeParamFile(params) : writeQgcParamFile(params, { systemId, componentId, remarks });
    return ok({ kind: "param-file", text });
  }

  // --- small parts

  readonly #encoding = (): ParamEncoding => paramEncodingOf(this.#context.vehicle.state());
  readonly #cachePath = (): string =>
    paramCachePath(
      this.#context.environment.dataFolder,
      this.#context.vehicle.state().version?.uid,
      this.#context.link.vehicle.systemId,
    );
  readonly #id = () => this.#context.vehicle.state().id;

  #isArmed(): boolean {
    return isArmed(this.#context.vehicle.state()) === true;
  }

  #refusal(): ParamFailure | undefined {
    if (this.#context.vehicle.isLost()) return { kind: "vehicle-lost" };
    const { isHighLatency, autopilot } = this.#context.vehicle.state();
    if (isHighLatency) return { kind: "not-now", because: "high-latency-link" };
    return autopilot === "other" ? { kind: "not-now", because: "watched-only" } : undefined;
  }

  #setLoad(load: ParamLoad): void {
    this.#load = load;
    if (load.phase === "complete") this.#isStale = false;
  }

  #publishLoad(): void {
    this.#publishedLoad = this.#load;
    this.#publish({ kind: "param-load", vehicleId: this.#id(), load: this.#load });
  }

  #publish(message: ToUi): void {
    this.#context.outputs.publish(message);
  }

  #watchBootClock(frame: MavlinkFrame): void {
    const address = this.#context.link.vehicle;
    if (frame.componentId !== address.componentId || frame.systemId !== address.systemId) return;
    if (this.#rebootedAt(frame, this.#context.time.clock.monoMs()) !== undefined) this.#store.onRestart();
  }
}

const done: ServiceAnswer = ok({ kind: "done" });
const replyTo = (result: LoadResult): ServiceAnswer =>
  result.ok ? done : err({ kind: "param", failure: result.error });

function readFile(text: string): ServiceAnswer {
  const read = readParamFile(text);
  if (read.ok) return ok({ kind: "param-values", values: read.value });
  const { line, problem } = read.error;
  return err({ kind: "bad-file", path: "", where: `line ${line}`, problem });
}
