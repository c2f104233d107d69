"""Opens a report's FITS file as any reader would, and says as JSON what is in it.

Fails on whatever astropy's verifier finds against the FITS standard, warnings included.
"""

import json
import sys
import warnings

import numpy
from astropy.io import fits

warnings.simplefilter("error")
with fits.open(sys.argv[1]) as file:
    file.verify("exception")
    tables = {
        hdu.name: {
            "rows": len(hdu.data),
            "columns": [column.name for column in hdu.columns],
            "units": {column.name: column.unit for column in hdu.columns if column.unit},
            "without_display": [column.name for column in hdu.columns if not column.disp],
            "comments": len(hdu.header["COMMENT"]),
            "first": [str(value) for value in hdu.data[0]],
            "z_sum": float(numpy.nansum(hdu.data["Z"])) if "Z" in hdu.columns.names else None,
        }
        for hdu in file[1:]
    }
    print(json.dumps({"night": file[0].header["NIGHT"], "state": file[0].header["STATE"], "tables": tables}))
