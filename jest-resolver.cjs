// Our imports name the emitted file (`./x.js`); Jest runs the source (`./x.ts`).
module.exports = (request, options) => {
  const ours = /^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes('/node_modules/');
  if (ours) {
    try {
      return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
    } catch {
      // a real .js file: fall through
    }
  }
  return options.defaultResolver(request, options);
};
