import { join } from "node:path";
import type { TideReply } from "../contract/messages.js";
import type { Clock } from "../core/clock.js";
import type { Position } from "../geo/position.js";
import { readTide, TIDE_CHARS_MAX } from "../geo/tide/tideDocument.js";
import { createTideModel } from "../geo/tide/tideModel.js";
import { installRoot } from "../io/appPaths.js";
import { readText } from "../io/fileStore.js";

export type TideStore = {
  /** At `unixTimeMs`, else now by the station's clock; undefined when this installation has no tide that can be read. */
  readonly tideAt: (position: Position, unixTimeMs: number | undefined) => TideReply | undefined;
  readonly load: () => Promise<void>;
};

const BUILT_IN = join("missions", "tide", "channel.json");

/** Nothing that flies depends on the tide: without the file the station goes on, with one line. */
export function createTideStore(
  { log, clock }: { readonly log: (line: string) => void; readonly clock: Clock },
  root = installRoot(),
): TideStore {
  const path = join(root, BUILT_IN);
  let tideAt: TideStore["tideAt"] = () => undefined;
  const nothing = (why: string): void => log(`no tide: ${path}: ${why}`);
  return {
    tideAt: (position, unixTimeMs) => tideAt(position, unixTimeMs),
    load: async () => {
      const text = await readText(path, TIDE_CHARS_MAX);
      if (!text.ok) {
        nothing(text.error.code);
        return;
      }
      const read = readTide(text.value, path);
      if (!read.ok) {
        nothing([read.error.where, read.error.problem].filter((words) => words !== undefined).join(": "));
        return;
      }
      const model = createTideModel(read.value);
      const { attribution } = read.value;
      tideAt = (position, unixTimeMs = clock.unixUs() / 1000) => ({
        kind: "tide",
        tide: model.tideAt(position, unixTimeMs),
        attribution,
      });
    },
  };
}
