import { createContext, useContext } from "react";
import type { PlanDesk } from "./planDesk.js";

const DeskContext = createContext<PlanDesk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): PlanDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("Invariant: useDesk outside the Plan workspace");
  return desk;
}
