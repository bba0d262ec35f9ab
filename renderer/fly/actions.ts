import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { Action, Enabled } from "../app/actions.js";
import type { Translate } from "../app/text.js";
import type { FlyDesk } from "./flyDesk.js";
import { mayCommand } from "./flyRules.js";
import type { TextName } from "../app/dictionary.js";

/** Held for this long, with the vehicle's name and colour on the button. */
export const HOLD_MS = 1000;
/** Stopping the motors in the air drops the aircraft: longer, so that no habit of the hand does it. */
export const HOLD_IN_AIR_MS = 3000;

export type FlyAction = Action & {
  /** The command whose state the button shows. */
  readonly command: VehicleCommand["kind"] | undefined;
};

/**
 * What Fly does by key and by button, beside Pause and Return (`flightActions`). What is dangerous is not here: it is held
 * (`CommandHold`), and has no key.
 */
export function flyActions(desk: FlyDesk, t: Translate): readonly FlyAction[] {
  const allowed = (kind: VehicleCommand["kind"]): Enabled => {
    const may = mayCommand(desk.facts(), kind);
    return may === true ? true : { because: t(may.because) };
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
      perform: () => desk.placeFor.set(desk.placeFor.get() === "go-to" ? undefined : "go-to"),
    },
    ...viewActions(desk, view),
  ];
}

type ViewId = TextName<"fly.view.">;
type MakeView = (id: ViewId, shortcut: string, perform: () => void) => FlyAction;

const viewActions = (desk: FlyDesk, view: MakeView): readonly FlyAction[] => [
  view("follow", "F", () => desk.camera.set("follow")),
  view("map", "M", () => desk.camera.set(desk.camera.get() === "top" ? "follow" : "top")),
  view("swap", "V", () => desk.isSwapped.set(!desk.isSwapped.get())),
  view("palette", "P", desk.nextPalette),
  view("contacts", "C", () => desk.isLeftOpen.set(!desk.isLeftOpen.get())),
  view("picture", "X", () => desk.isRightOpen.set(!desk.isRightOpen.get())),
  { ...view("next-contact", "ArrowDown", () => desk.stepContact(1)), isRepeated: true },
  { ...view("previous-contact", "ArrowUp", () => desk.stepContact(-1)), isRepeated: true },
  view("cancel", "Escape", () => desk.placeFor.set(undefined)),
  view("ready", "I", () => desk.sideTab.set("ready")),
  view("commands", "K", () => desk.sideTab.set("commands")),
  view("payload", "O", () => desk.sideTab.set("payload")),
  view("fleet", "L", () => desk.sideTab.set("fleet")),
];
