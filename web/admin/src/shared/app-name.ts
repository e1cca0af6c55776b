/** What follows the name of the product in the header. It is the same in every language. */
export const appName = "admin";
