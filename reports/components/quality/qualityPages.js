// The pages of quality governance, in the order of the second row of links: address and word.
export const QUALITY_PAGES = [['/complaints', 'complaints']];
