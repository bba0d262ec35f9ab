import type { Action, Enabled } from "../app/actions.js";
import type { Latest } from "../bridge/latest.js";
import type { Player } from "./player.js";
import { type ReplayClock, seek, shiftPace, skip, togglePlay } from "./replayClock.js";
import type { TextName } from "../app/dictionary.js";

/** All actions of the replay; keys and buttons use the same records. */
export function reviewActions(player: Latest<Player | undefined>) {
  const isEnabled = (): Enabled => (player.get() ? true : { because: "review.because.nothing-open" });
  const action = (
    id: TextName<"review.">,
    shortcut: string,
    step: (clock: ReplayClock) => ReplayClock,
    isRepeated = false,
  ): Action => ({
    id: `review-${id}`,
    labelKey: `review.${id}`,
    shortcut,
    isEnabled,
    isRepeated,
    perform: () => player.get()?.change(step),
  });
  return {
    play: action("play", "Space", togglePlay),
    back: action("back", "ArrowLeft", (clock) => skip(clock, -5), true),
    forth: action("forth", "ArrowRight", (clock) => skip(clock, 5), true),
    backMore: action("back-more", "Shift+ArrowLeft", (clock) => skip(clock, -60), true),
    forthMore: action("forth-more", "Shift+ArrowRight", (clock) => skip(clock, 60), true),
    slower: action("slower", "ArrowDown", (clock) => shiftPace(clock, -1)),
    faster: action("faster", "ArrowUp", (clock) => shiftPace(clock, 1)),
    start: action("start", "Home", (clock) => seek(clock, clock.firstUnixUs)),
    end: action("end", "End", (clock) => seek(clock, clock.lastUnixUs)),
  } as const;
}
export type ReviewActions = ReturnType<typeof reviewActions>;
