/** The files of a sortie folder (DESIGN.md 8). Paths inside it always have forward slashes. */
export const SORTIE_FILES = {
  plan: "plan.plan",
  telemetry: "telemetry.tlog",
  video: "video.ts",
  events: "events.jsonl",
  contacts: "contacts.geojson",
  coverage: "coverage.json",
  snapshots: "snapshots",
  manifest: "manifest.json",
  /** Signature of the manifest's bytes; the public key to check it with is beside it. */
  signature: "manifest.sig",
  publicKey: "station-key.pem",
  /** Exists while a station records: process id and start time. */
  lock: "recording.lock",
} as const;

/** Files that seal the others, so the manifest does not list them. */
export const isSealFile = (path: string): boolean =>
  path === SORTIE_FILES.manifest ||
  path === SORTIE_FILES.signature ||
  path === SORTIE_FILES.publicKey ||
  path === SORTIE_FILES.lock;

export const snapshotPath = (contactId: string): string => `${SORTIE_FILES.snapshots}/${safeName(contactId)}.png`;

/** "2026-11-23T02-10-00Z-boulogne": sorts by time, and is a valid file name on every system. `label` is free text. */
export function sortieFolderName(startedUnixUs: number, label: string): string {
  const iso = new Date(Math.floor(startedUnixUs / 1000)).toISOString().slice(0, 19);
  return `${iso.replaceAll(":", "-")}Z-${safeName(label)}`;
}

/** Lower-case letters, digits and dashes; "sortie" when nothing is left. Accents are removed from their letters. */
function safeName(label: string): string {
  const plain = label.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const dashed = plain.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const trimmed = dashed.replace(/^-+|-+$/g, "").slice(0, 60);
  return trimmed === "" ? "sortie" : trimmed;
}
