import type { Action, Enabled } from "../app/actions.js";
import {
  canStepBack,
  canStepForward,
  deleteSelected,
  leave,
  stepBack,
  stepForward,
  takeTool,
} from "./planEditorState.js";
import type { PlanEditorStore } from "./planEditorStore.js";
import type { TextKey } from "../app/dictionary.js";

type PlanHandlers = { readonly close: () => void; readonly save: () => void };

/** All actions of the Plan workspace; keys and buttons use the same records. */
export function planActions({ state, change }: PlanEditorStore, { close, save }: PlanHandlers) {
  const unless = (isWrong: boolean, because: TextKey): Enabled => (isWrong ? { because } : true);
  const action = (
    id: string,
    labelKey: TextKey,
    shortcut: string,
    rest: Pick<Action, "isEnabled" | "perform">,
  ): Action => ({
    id: `plan-${id}`,
    labelKey,
    shortcut,
    ...rest,
  });
  const always = (): Enabled => true;
  const back = {
    isEnabled: () => unless(!canStepBack(state.get()), "plan.because.nothing-to-undo"),
    perform: () => change(stepBack),
  };
  const forth = {
    isEnabled: () => unless(!canStepForward(state.get()), "plan.because.nothing-to-redo"),
    perform: () => change(stepForward),
  };
  const remove = {
    isEnabled: () =>
      unless(
        state.get().selectedItemId === undefined && state.get().draft.length === 0,
        "plan.because.nothing-selected",
      ),
    perform: () => change(deleteSelected),
  };
  return {
    draw: action("draw", "plan.draw", "N", { isEnabled: always, perform: () => change((d) => takeTool(d, "draw")) }),
    close: action("close", "plan.draw.close", "Enter", {
      isEnabled: () => unless(state.get().draft.length < 3, "plan.because.three-corners"),
      perform: close,
    }),
    leave: action("leave", "plan.draw.leave", "Escape", { isEnabled: always, perform: () => change(leave) }),
    remove: action("remove", "plan.delete", "Delete", remove),
    undo: action("undo", "plan.draw.undo", "Ctrl+Z", back),
    redo: action("redo", "plan.draw.redo", "Ctrl+Shift+Z", forth),
    redoToo: action("redo-too", "plan.draw.redo", "Ctrl+Y", forth),
    save: action("save", "plan.save", "Ctrl+S", { isEnabled: always, perform: save }),
  } as const;
}
export type PlanActions = ReturnType<typeof planActions>;
