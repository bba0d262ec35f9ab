/** WGS-84 degrees. GeoJSON order (longitude, latitude) is used only inside readers and writers. */
export type Position = { readonly latitudeDeg: number; readonly longitudeDeg: number };

/** Metres in a local tangent frame. East and north are true at the frame's origin; up is along the ellipsoid normal there. */
export type EnuPoint = { readonly eastM: number; readonly northM: number; readonly upM: number };

/** Datum of a height: `amsl` = above EGM96 mean sea level, `home` = above the home point, `terrain` = above ground. */
export type AltitudeDatum = "amsl" | "home" | "terrain";
export type DatumAltitude = { readonly datum: AltitudeDatum; readonly valueM: number };
