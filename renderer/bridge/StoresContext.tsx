import { type ReactNode, createContext, useContext } from "react";
import type { StationStore } from "./stationStore.js";
import type { StoreDefinition, UiStores } from "./uiStores.js";

const StoresContext = createContext<UiStores | undefined>(undefined);

type StoresProviderProps = { readonly stores: UiStores; readonly children: ReactNode };

export function StoresProvider({ stores, children }: StoresProviderProps) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

/** All stores of the page. Throws outside a `StoresProvider`, which is a bug of the screen. */
export function useStores(): UiStores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error("Invariant: useStores outside StoresProvider");
  return stores;
}

/** One store of the page. */
export const useStore = <T,>(definition: StoreDefinition<T>): T => useStores().get(definition);

/** What the page knows of the station. */
export const useStation = (): StationStore => useStores().station;
