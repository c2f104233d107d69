// Spectral lines by class, rest wavelengths in vacuum, in Å: the line list of the SDSS spectroscopic pipeline (Stoughton
// et al. 2002, AJ 123, 485, table 10, as published with the data releases), Lyα from the NIST Atomic Spectra Database.

const EMISSION = [
  ["[O II]", 3728.48], // the doublet 3727.09, 3729.88
  ["[Ne III]", 3869.86],
  ["Hδ", 4102.89],
  ["Hγ", 4341.68],
  ["Hβ", 4862.68],
  ["[O III]", 4960.3],
  ["[O III]", 5008.24],
  ["[O I]", 6302.05],
  ["[N II]", 6549.86],
  ["Hα", 6564.61],
  ["[N II]", 6585.27],
  ["[S II]", 6718.29],
  ["[S II]", 6732.67],
];

const ABSORPTION = [
  ["Ca K", 3934.78],
  ["Ca H", 3969.59],
  ["G", 4305.61],
  ["Mg b", 5176.7],
  ["Na D", 5895.6],
];

const BROAD = [
  ["Lyα", 1215.67],
  ["N V", 1240.81],
  ["Si IV", 1397.61],
  ["C IV", 1549.48],
  ["He II", 1640.4],
  ["C III]", 1908.73],
  ["Mg II", 2799.12],
  ["[Ne V]", 3426.85],
  ["[O II]", 3728.48],
  ["Hγ", 4341.68],
  ["Hβ", 4862.68],
  ["[O III]", 5008.24],
  ["Hα", 6564.61],
];

const STELLAR = [
  ["Ca K", 3934.78],
  ["Ca H", 3969.59],
  ["Hδ", 4102.89],
  ["G", 4305.61],
  ["Hγ", 4341.68],
  ["Hβ", 4862.68],
  ["Mg b", 5176.7],
  ["Na D", 5895.6],
  ["Hα", 6564.61],
  ["Ca II", 8500.36],
  ["Ca II", 8544.44],
  ["Ca II", 8664.52],
];

const of = (kind, list) => list.map(([name, rest]) => ({ kind, name, rest, id: `${name} ${Math.floor(rest)}` }));

const GALAXY = [...of("emission", EMISSION), ...of("absorption", ABSORPTION)];
const QSO = of("emission", BROAD);
const STAR = of("absorption", STELLAR);

/** The lines usual for a class: [{ id, name, rest, kind }], by wavelength. */
export function linesOf(label) {
  const lines = label.startsWith("QSO") ? QSO : label.startsWith("STAR") ? STAR : GALAXY;
  return [...lines].sort((a, b) => a.rest - b.rest);
}
