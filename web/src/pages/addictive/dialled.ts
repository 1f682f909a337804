// A number as it is printed, as an address that a telephone dials (RFC 3966).
// The zero in brackets is for whoever calls from within.
export const dialled = (number: string): string =>
  `tel:${(number.startsWith("+") ? number.replace("(0)", "") : number).replace(/[^\d+]/g, "")}`;
