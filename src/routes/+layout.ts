// The hash router never leaves the one page that the build prerenders; everything is drawn in the browser.
export const ssr = false;
export const prerender = true;
