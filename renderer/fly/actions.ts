import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { Action, Enabled } from "../app/actions.js";
import type { FlyViewStore } from "./flyViewStore.js";
import { mayCommand } from "./flyRules.js";
import type { TextName } from "../app/dictionary.js";

/** Disarming in the air drops the aircraft: a longer hold, so that it is not done by habit. */
export const HOLD_IN_AIR_MS = 3000;

export type FlyAction = Action & {
  /** The command whose state the button shows. */
  readonly command: VehicleCommand["kind"] | undefined;
};

/**
 * Actions of Fly for keys and buttons, beside Pause and Return (`flightActions`). Dangerous commands are not here: they
 * are hold buttons (`CommandHold`) and have no key.
 */
export function flyActions(flyView: FlyViewStore): readonly FlyAction[] {
  const allowed = (kind: VehicleCommand["kind"]): Enabled => {
    return mayCommand(flyView.facts(), kind);
  };
  const view = (id: ViewId, shortcut: string, perform: () => void): FlyAction => ({
    id,
    labelKey: `fly.view.${id}`,
    shortcut,
    command: undefined,
    isEnabled: () => true,
    perform,
  });
  return [
    {
      id: "go-to",
      labelKey: "command.go-to",
      shortcut: "G",
      command: "go-to",
      isEnabled: () => allowed("go-to"),
      perform: () => flyView.mapClickMode.set(flyView.mapClickMode.get() === "go-to" ? undefined : "go-to"),
    },
    ...viewActions(flyView, view),
  ];
}

type ViewId = TextName<"fly.view.">;
type MakeView = (id: ViewId, shortcut: string, perform: () => void) => FlyAction;

const viewActions = (flyView: FlyViewStore, view: MakeView): readonly FlyAction[] => [
  view("follow", "F", () => flyView.camera.set("follow")),
  view("map", "M", () => flyView.camera.set(flyView.camera.get() === "top" ? "follow" : "top")),
  view("swap", "V", () => flyView.isSwapped.set(!flyView.isSwapped.get())),
  view("palette", "P", flyView.nextPalette),
  view("contacts", "C", () => flyView.isLeftOpen.set(!flyView.isLeftOpen.get())),
  view("picture", "X", () => flyView.isRightOpen.set(!flyView.isRightOpen.get())),
  { ...view("next-contact", "ArrowDown", () => flyView.stepContact(1)), isRepeated: true },
  { ...view("previous-contact", "ArrowUp", () => flyView.stepContact(-1)), isRepeated: true },
  view("cancel", "Escape", () => flyView.mapClickMode.set(undefined)),
  view("ready", "I", () => flyView.sideTab.set("ready")),
  view("commands", "K", () => flyView.sideTab.set("commands")),
  view("payload", "O", () => flyView.sideTab.set("payload")),
  view("fleet", "L", () => flyView.sideTab.set("fleet")),
];
