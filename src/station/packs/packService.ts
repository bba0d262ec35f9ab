/** Area packs for the screens: what an area needs, and one work at a time. */
import { access, mkdir } from "node:fs/promises";
import path from "node:path";
import type { StationFailure } from "../../contract/failures.js";
import type { ReplyValue } from "../../contract/messages.js";
import type { PackRequest, PackState, PackUpdate, PackWork } from "../../contract/packMessages.js";
import { fileNameProblem } from "../../core/fileName.js";
import { assertNever, err, ok, type Result } from "../../core/result.js";
import { createCoast } from "../../geo/coast.js";
import { areaNeeds } from "../../geo/pack/areaNeeds.js";
import { type AreaAsked, groundArea } from "../../geo/pack/askedArea.js";
import type { GroundArea } from "../../geo/pack/groundArea.js";
import type { GroundFileKind } from "../../geo/pack/packManifest.js";
import { ioFailure } from "../../io/fileStore.js";
import { type AreaPiece, areaPieces, type AreaSources } from "./areaPieces.js";
import { readPackInside } from "./extractPack.js";
import type { NamedPackFile } from "./makePack.js";
import { packFailureOf } from "./packFailure.js";
import type { PackJob } from "./packJob.js";
import { listPacks } from "./packStore.js";
import { PackUploads } from "./packUploads.js";
import { startPackJob } from "./startPackJob.js";

type Answer = Result<ReplyValue, StationFailure>;
type RequestOf<Kind extends PackRequest["kind"]> = Extract<PackRequest, { readonly kind: Kind }>;

export type PackService = {
  readonly answer: (request: PackRequest) => Promise<Answer>;
  /** All imported packs, as they are on the disk now. */
  readonly states: () => Promise<readonly PackState[]>;
  /** For a screen that joins. */
  readonly snapshot: () => PackUpdate;
  readonly dispose: () => Promise<void>;
};

type PackServiceOptions = {
  readonly dataFolder: string;
  /** What the station knows of the ground now. */
  readonly sources: () => AreaSources;
  readonly unixMs: () => number;
  readonly publish: (update: PackUpdate) => void;
  readonly log: (line: string) => void;
};

/** Packs that were made on a screen. */
const MADE_FOLDER = "made-packs";
const DONE: Answer = ok({ kind: "done" });
/** A screen is told of a work this many times, and at each of its files. */
const UPDATES_A_WORK = 100;

export const createPackService = (options: PackServiceOptions): PackService => new StationPacks(options);

class StationPacks implements PackService {
  readonly #options: PackServiceOptions;
  readonly #uploads: PackUploads;
  #work: PackWork | undefined;
  #stop: (() => void) | undefined;

  constructor(options: PackServiceOptions) {
    this.#options = options;
    this.#uploads = new PackUploads(options.dataFolder);
  }

  readonly answer = (request: PackRequest): Promise<Answer> => {
    switch (request.kind) {
      case "get-area-needs":
        return this.#needs(request.area);
      case "make-pack":
        return this.#make(request);
      case "put-pack-part":
        return this.#put(request);
      case "import-pack":
        return this.#import(request.uploadId);
      case "drop-pack":
        return this.#uploads.drop(request.uploadId).then(() => DONE);
      case "check-pack":
        return this.#check(request.name);
      case "stop-pack-work":
        this.#stop?.();
        return Promise.resolve(DONE);
      default:
        return assertNever(request);
    }
  };

  readonly states = async (): Promise<readonly PackState[]> =>
    (await listPacks(this.#options.dataFolder)).map(({ name, manifest, touchedFile }) => ({
      name,
      madeAtUnixMs: manifest.ok ? manifest.value.madeAtUnixMs : undefined,
      sizeBytes: manifest.ok ? manifest.value.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : undefined,
      state: !manifest.ok ? "broken" : touchedFile === undefined ? "whole" : "touched",
    }));

  readonly snapshot = (): PackUpdate => ({ kind: "pack-work", work: this.#work });

  readonly dispose = async (): Promise<void> => {
    this.#stop?.();
    await this.#uploads.dispose();
  };

  async #piecesOf(asked: AreaAsked): Promise<Result<Found, StationFailure>> {
    const sources = this.#options.sources();
    const { document } = sources.coast;
    const coast = asked.kind === "stretch" && document ? createCoast(document) : undefined;
    const area = groundArea(asked, coast);
    if (!area.ok) return err({ kind: "pack", failure: area.error });
    return ok({ area: area.value, pieces: await areaPieces(sources, area.value) });
  }

  async #needs(asked: AreaAsked): Promise<Answer> {
    const found = await this.#piecesOf(asked);
    if (!found.ok) return found;
    const { area, pieces } = found.value;
    const needs = areaNeeds(
      area,
      pieces.map(({ piece }) => piece),
      this.#options.unixMs(),
    );
    return ok({ kind: "area-needs", needs, areaKm2: area.areaKm2, coastKm: area.coastKm });
  }

  async #make({ name, area, pieceIds }: RequestOf<"make-pack">): Promise<Answer> {
    const problem = fileNameProblem(name);
    if (problem !== undefined) return err({ kind: "bad-name", problem });
    const found = await this.#piecesOf(area);
    if (!found.ok) return found;
    const files = found.value.pieces.flatMap((piece) => namedFile(piece, pieceIds));
    if (files.length === 0) return err({ kind: "pack", failure: { kind: "nothing-chosen" } });
    const folder = path.join(this.#options.dataFolder, MADE_FOLDER);
    const out = path.join(folder, `${name}.vigiepack`);
    try {
      await mkdir(folder, { recursive: true });
    } catch (cause: unknown) {
      return err(ioFailure("write", cause));
    }
    if (await isThere(out)) return err({ kind: "pack", failure: { kind: "name-taken", name } });
    const chosen = found.value.pieces.filter(({ piece }) => pieceIds.includes(piece.id));
    const bytesTotal = chosen.reduce((sum, { piece }) => sum + (piece.sizeBytes ?? 0), 0);
    const wanted = { name, out, madeAtUnixMs: this.#options.unixMs(), files };
    return this.#run({ kind: "make", wanted }, { what: "make", name, bytesTotal }, out);
  }

  async #put(part: RequestOf<"put-pack-part">): Promise<Answer> {
    const file = await this.#uploads.put(part);
    if (!file.ok) return file;
    if (file.value === undefined) return DONE;
    const inside = await readPackInside(file.value);
    if (inside.ok) return ok({ kind: "pack", manifest: inside.value, file: undefined });
    await this.#uploads.drop(part.uploadId);
    return err(packFailureOf(inside.error));
  }

  async #import(uploadId: string): Promise<Answer> {
    const file = this.#uploads.fileOf(uploadId);
    const inside = file === undefined ? undefined : await readPackInside(file);
    if (file === undefined || !inside) return err({ kind: "not-found", what: "pack" });
    if (!inside.ok) return err(packFailureOf(inside.error));
    const { name, files } = inside.value;
    const bytesTotal = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const { dataFolder } = this.#options;
    const answer = await this.#run({ kind: "import", file, dataFolder }, { what: "import", name, bytesTotal });
    // One that was stopped can be taken after all, without being sent again.
    const isOver = answer.ok || answer.error.kind !== "pack" || !WAITING.has(answer.error.failure.kind);
    if (isOver) await this.#uploads.drop(uploadId);
    return answer;
  }

  async #check(name: string): Promise<Answer> {
    const { dataFolder } = this.#options;
    const pack = (await this.states()).find((one) => one.name === name);
    return this.#run({ kind: "check", name, dataFolder }, { what: "check", name, bytesTotal: pack?.sizeBytes ?? 0 });
  }

  async #run(job: PackJob, about: Omit<PackWork, "file" | "bytesDone">, file?: string): Promise<Answer> {
    if (this.#work) return err({ kind: "pack", failure: { kind: "busy" } });
    let [bytesDone, bytesShown, nameShown] = [0, 0, ""];
    const show = (): void => {
      bytesShown = bytesDone;
      this.#publish({ ...about, file: nameShown, bytesDone });
    };
    show();
    const running = startPackJob(job, {
      onFile: (name) => {
        nameShown = name;
        show();
      },
      onBytes: (count) => {
        bytesDone += count;
        if (bytesDone - bytesShown >= about.bytesTotal / UPDATES_A_WORK) show();
      },
    });
    this.#stop = running.stop;
    const outcome = await running.outcome;
    this.#stop = undefined;
    this.#publish(undefined);
    if (outcome.ok) return ok({ kind: "pack", manifest: outcome.value, file });
    if (outcome.error.kind === "unusable")
      this.#options.log(`vigie: ${outcome.error.file} in a pack: ${JSON.stringify(outcome.error.problem)}`);
    return err(packFailureOf(outcome.error));
  }

  #publish(work: PackWork | undefined): void {
    this.#work = work;
    this.#options.publish({ kind: "pack-work", work });
  }
}

type Found = { readonly area: GroundArea; readonly pieces: readonly AreaPiece[] };

const WAITING: ReadonlySet<string> = new Set(["stopped", "busy"]);

const KIND_IN_PACK: Readonly<Partial<Record<AreaPiece["piece"]["kind"], GroundFileKind>>> = {
  ...{ map: "map", terrain: "terrain", coast: "coast", tide: "tide", names: "names" },
};

function namedFile({ piece, file }: AreaPiece, pieceIds: readonly string[]): readonly NamedPackFile[] {
  const kind = KIND_IN_PACK[piece.kind];
  if (kind === undefined || file === undefined || !piece.isPackable || !pieceIds.includes(piece.id)) return [];
  return [{ kind, file, attribution: piece.attribution, dataDate: piece.dataDate }];
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
