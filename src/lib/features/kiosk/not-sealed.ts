/** A change at a kiosk is made, but not in a parcel: pulling the plug now would lose it. */
export class NotSealed extends Error {}
