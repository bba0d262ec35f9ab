import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import { NO_PARAM_METADATA, type ParamDescriptions } from "../../../mavlink/params/paramMetadata.js";
import type { Param, ParamMetadata } from "../../../vehicle/params.js";

/** One vehicle's parameters as known, and which of them changed since they were last published. */
export class ParamStore {
  // In the autopilot's order: its hash depends on it.
  readonly #params = new Map<string, ListedParam>();
  readonly #awaitingReboot = new Set<string>();
  readonly #changed = new Set<string>();
  #published: ParamDescriptions | undefined;

  get size(): number {
    return this.#params.size;
  }

  readonly get = (name: string): ListedParam | undefined => this.#params.get(name);
  readonly listed = (): readonly ListedParam[] => [...this.#params.values()];
  readonly params = (): readonly Param[] => this.listed().map((param) => this.#paramFrom(param));
  readonly isVolatile = (name: string): boolean => this.#published?.(name)?.isVolatile ?? false;
  readonly hasMetadata = (): boolean => this.#published !== undefined;

  /** Replaces the whole table; parameters waiting for a restart are kept. */
  replaceAll(params: readonly ListedParam[]): void {
    this.#params.clear();
    for (const param of params) this.#params.set(param.name, param);
    this.#changed.clear();
  }

  /** Takes one value from the autopilot; true when it is new or changed. */
  take(param: ListedParam): boolean {
    const known = this.#params.get(param.name);
    if (known && Object.is(known.value, param.value) && known.type === param.type) return false;
    this.#params.set(param.name, { ...known, ...param });
    this.#changed.add(param.name);
    return true;
  }

  /** Call after writing a value that takes effect only after a restart. */
  awaitReboot(name: string): void {
    if (this.metadataOf(name)?.needsReboot !== true) return;
    this.#awaitingReboot.add(name);
    this.#changed.add(name);
  }

  onRestart(): void {
    for (const name of this.#awaitingReboot) this.#changed.add(name);
    this.#awaitingReboot.clear();
  }

  publish(published: ParamDescriptions): void {
    this.#published = published;
    for (const name of this.#params.keys()) this.#changed.add(name);
  }

  metadataOf(name: string): ParamMetadata | undefined {
    const published = this.#published?.(name)?.metadata;
    const defaultValue = this.#params.get(name)?.defaultValue;
    if (defaultValue === undefined) return published;
    return { ...(published ?? NO_PARAM_METADATA), defaultValue };
  }

  /** The parameters that changed since the last call. */
  takeChanges(): readonly Param[] {
    const changed = [...this.#changed].map((name) => this.#params.get(name));
    this.#changed.clear();
    return changed.filter((param) => param !== undefined).map((param) => this.#paramFrom(param));
  }

  #paramFrom({ name, value, type }: ListedParam): Param {
    return { name, value, type, metadata: this.metadataOf(name), awaitsReboot: this.#awaitingReboot.has(name) };
  }
}
