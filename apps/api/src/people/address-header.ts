/** Carries the address of the other end of the socket to better-auth; no request from outside can set it. */
export const ADDRESS_HEADER = "x-assay-address";
