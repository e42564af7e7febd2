map, zip, range, filter, input = map, zip, range, filter, input
xrange = range
