import { createContext, useContext } from "react";
import type { FlyAction } from "./actions.js";
import type { FlyViewStore } from "./flyViewStore.js";

type FlyTools = { readonly flyView: FlyViewStore; readonly actions: readonly FlyAction[] };

export const FlyContext = createContext<FlyTools | undefined>(undefined);

export function useFly(): FlyTools {
  const tools = useContext(FlyContext);
  if (!tools) throw new Error("Invariant: useFly outside FlyWorkspace");
  return tools;
}
