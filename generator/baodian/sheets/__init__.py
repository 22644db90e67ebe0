"""What is written, as sheets of rows and cells: what an editor changes in a spreadsheet.

A shelf of trees comes in, a `Book` of grids goes out: each cell with its text and place in YAML.
Nothing here knows a file format; `export/xlsx.py` writes the workbook, `editing/xlsx.py` takes it
back.
"""
