/** EU 2019/947 and UK open category: within 120 m of the closest point of the surface. */
export const LEGAL_HEIGHT_M = 120;
