import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { Action, Enabled } from "../app/actions.js";
import type { Translate } from "../app/text.js";
import type { FlyDesk } from "./flyDesk.js";
import { isPaused, mayCommand } from "./flyRules.js";

/** Held for this long, with the vehicle's name and colour on the button. */
export const HOLD_MS = 1000;
/** Take-off goes here and waits: above people and masts, in sight of the pilot. */
const TAKE_OFF_TO_M = 20;

export type FlyAction = Action & {
  /** The command whose state the button shows. */
  readonly command: VehicleCommand["kind"] | undefined;
  /** Dangerous ones are held, not pressed, and have no key. */
  readonly isHeld: boolean;
};

/** Everything that can be done in Fly: the bar, the strip and the keys come from this one table. */
export function flyActions(desk: FlyDesk, t: Translate): readonly FlyAction[] {
  const allowed = (kind: VehicleCommand["kind"]): Enabled => {
    const may = mayCommand(desk.facts(), kind);
    return may === true ? true : { because: t(may.because) };
  };
  const command = (wanted: VehicleCommand, shortcut: string | undefined): FlyAction => ({
    id: wanted.kind,
    labelKey: `command.${wanted.kind}`,
    shortcut,
    command: wanted.kind,
    isHeld: shortcut === undefined,
    isEnabled: () => allowed(wanted.kind),
    perform: () => desk.send(wanted),
  });
  const view = (id: string, shortcut: string, perform: () => void): FlyAction => ({
    id,
    labelKey: `fly.view.${id}`,
    shortcut,
    command: undefined,
    isHeld: false,
    isEnabled: () => true,
    perform,
  });
  const pauseOrResume = (): "pause" | "resume" => (isPaused(desk.facts()) ? "resume" : "pause");
  return [
    command({ kind: "arm" }, undefined),
    command({ kind: "disarm" }, undefined),
    command({ kind: "take-off", altitudeAboveHomeM: TAKE_OFF_TO_M }, undefined),
    command({ kind: "start-mission" }, undefined),
    command({ kind: "land" }, undefined),
    command({ kind: "return" }, "R"),
    {
      id: "pause-resume",
      labelKey: "fly.pauseResume",
      shortcut: "Space",
      command: undefined,
      isHeld: false,
      isEnabled: () => allowed(pauseOrResume()),
      perform: () => desk.send({ kind: pauseOrResume() }),
    },
    {
      id: "go-to",
      labelKey: "command.go-to",
      shortcut: "G",
      command: "go-to",
      isHeld: false,
      isEnabled: () => allowed("go-to"),
      perform: () => desk.placeFor.set(desk.placeFor.get() === "go-to" ? undefined : "go-to"),
    },
    ...viewActions(desk, view),
  ];
}

type MakeView = (id: string, shortcut: string, perform: () => void) => FlyAction;

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
