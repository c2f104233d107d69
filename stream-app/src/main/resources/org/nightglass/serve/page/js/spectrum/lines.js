// Spectral lines by class, rest wavelengths in vacuum, in Å.
//
// Galaxies and stars: SDSS's line list (classic.sdss.org/dr6/algorithms/linestable.html, which gives vacuum wavelengths, as
// do SDSS's spectra), rounded to 0.01; it agrees with the NIST Atomic Spectra Database (physics.nist.gov/asd) but for Na D,
// where the mean of NIST's doublet stands, 5891.58 and 5897.56. G is a band, Mg b the blend of three lines.
//
// Quasars: the laboratory wavelengths of Vanden Berk et al. 2001 (AJ 122, 549), table 2: doublets of ions with one outer
// electron are means weighted 2 to 1, as their lines are where gas is thin. Broad lines stand up to 1,000 km/s off these.

const EMISSION = [
  ["[O II]", 3728.48], // the mean of 3727.09 and 3729.88
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
  ["Na D", 5894.57],
];

const BROAD = [
  ["Lyα", 1215.67],
  ["N V", 1240.14],
  ["Si IV", 1396.76],
  ["C IV", 1549.06],
  ["He II", 1640.42],
  ["C III]", 1908.73],
  ["Mg II", 2798.75],
  ["[Ne V]", 3426.84],
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
  ["Na D", 5894.57],
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
