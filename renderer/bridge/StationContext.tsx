import { type ReactNode, createContext, useContext } from "react";
import type { StationStore } from "./stationStore.js";

const StationContext = createContext<StationStore | undefined>(undefined);

type StationProviderProps = { readonly store: StationStore; readonly children: ReactNode };

export function StationProvider({ store, children }: StationProviderProps) {
  return <StationContext value={store}>{children}</StationContext>;
}

/** The station's streams. Throws outside a `StationProvider`, which is a bug of the screen. */
export function useStation(): StationStore {
  const store = useContext(StationContext);
  if (!store) throw new Error("Invariant: useStation outside StationProvider");
  return store;
}
