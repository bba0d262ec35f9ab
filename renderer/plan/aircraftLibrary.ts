import { type Aircraft, readAircraft } from "../../src/plan/aircraft.js";

/** The aircraft files bundled with this build, as text; read by the same reader as a user's own file. */
const files = import.meta.glob<string>("../../missions/aircraft/*.json", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** The aircraft that new plans are made for: the first file by name. */
export function defaultAircraft(): Aircraft {
  for (const path of Object.keys(files).sort()) {
    const read = readAircraft(files[path] ?? "", path);
    if (read.ok) return read.value;
  }
  throw new Error("Invariant: missions/aircraft holds a readable aircraft");
}
