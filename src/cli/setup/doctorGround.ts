/** What `vigie doctor` says of the ground: the files that are shipped, and the imported packs. */
import { existsSync } from "node:fs";
import path from "node:path";
import { packGround } from "../../station/packs/packGround.js";
import { listPacks, type StoredPack } from "../../station/packs/packStore.js";
import { createPlacesStore } from "../../station/placesStore.js";
import { createTideStore } from "../../station/tideStore.js";
import { megabytes, packLine, touchedLine } from "../pack/packLine.js";

/** A missing `need` prevents what `what` names; a missing `wish` only removes a feature. */
export type Finding = {
  readonly what: string;
  /** `wish`: Vigie runs without it. In the JSON form since 0.2. */
  readonly state: "good" | "need" | "wish";
  readonly found: string;
  readonly remedy: string | undefined;
};

export const good = (what: string, found: string): Finding => ({ what, state: "good", found, remedy: undefined });

/** `root`: of the checkout or the installation; `dataFolder`: of the person who asks. */
export async function groundFindings(root: string, dataFolder: string): Promise<readonly Finding[]> {
  return [coastFinding(root), await tideFinding(root), await placesFinding(root), ...(await packFindings(dataFolder))];
}

const restore = (folder: string): string => `Restore the file from the repository: git checkout ${folder}`;

function coastFinding(root: string): Finding {
  const isThere = existsSync(path.join(root, "missions/coast/channel.json"));
  if (isThere) return good("Coast of the Channel", "missions/coast/channel.json");
  return { what: "Coast of the Channel", state: "need", found: "missing", remedy: restore("missions/coast") };
}

async function tideFinding(root: string): Promise<Finding> {
  const problems: string[] = [];
  const tide = createTideStore({ root, log: (line) => problems.push(line) });
  await tide.load();
  const what = "Tide from Dieppe to Dunkirk";
  if (tide.known().length > 0) return good(what, "missions/tide/channel.json");
  return { what, state: "wish", found: problems.join("; "), remedy: restore("missions/tide") };
}

async function placesFinding(root: string): Promise<Finding> {
  const problems: string[] = [];
  const places = createPlacesStore({ root, log: (line) => problems.push(line) });
  await places.load();
  const what = "Names of places of the Channel";
  const count = places.known().reduce((sum, { document }) => sum + document.places.length, 0);
  if (count > 0) return good(what, `missions/places/channel.json, ${count} places`);
  return { what, state: "wish", found: problems.join("; "), remedy: restore("missions/places") };
}

async function packFindings(dataFolder: string): Promise<readonly Finding[]> {
  const packs = await listPacks(dataFolder);
  if (packs.length === 0) return [good("Area packs", "none imported")];
  // Opens each file as a start does: a pack can be whole and, for this version, of no use.
  const { problems } = await packGround(dataFolder);
  return packs.map((pack) => {
    const problem = problems.find((one) => one.pack === pack.name)?.problem;
    if (!problem) return packFinding(pack);
    return { what: whatOf(pack), state: "wish", found: `broken: ${packLine(problem)}`, remedy: againOrAway(pack) };
  });
}

const whatOf = ({ name }: StoredPack): string => `Area pack ${name}`;
/** As a shell takes it. */
const wordOf = ({ name }: StoredPack): string => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);
const againOrAway = (pack: StoredPack): string =>
  `Import it again from where it came: npx vigie pack import FILE.vigiepack; or do without: npx vigie pack remove ${wordOf(pack)}`;

function packFinding(pack: StoredPack): Finding {
  const { name, manifest, touchedFile } = pack;
  const what = whatOf(pack);
  if (!manifest.ok)
    return { what, state: "wish", found: `broken: ${packLine(manifest.error)}`, remedy: againOrAway(pack) };
  if (touchedFile !== undefined) {
    const remedy = `npx vigie pack check ${wordOf(pack)} (then import it again if it is not whole)`;
    return { what, state: "wish", found: `touched: ${touchedLine(name, touchedFile)}`, remedy };
  }
  const { files } = manifest.value;
  const size = megabytes(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const count = `${files.length} ${files.length === 1 ? "file" : "files"}`;
  return good(what, `whole by the sizes and times of its files (${count}, ${size})`);
}
