import { createContext, useContext } from "react";
import type { PlanEditorStore } from "./planEditorStore.js";

const PlanEditorContext = createContext<PlanEditorStore | undefined>(undefined);
export const PlanEditorProvider = PlanEditorContext.Provider;

export function usePlanEditor(): PlanEditorStore {
  const editor = useContext(PlanEditorContext);
  if (!editor) throw new Error("Invariant: usePlanEditor outside the Plan workspace");
  return editor;
}
