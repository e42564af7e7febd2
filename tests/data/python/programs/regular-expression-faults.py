import re
for pattern in ["(?P<a'b>x)", '(?P<a\nb>x)', '(?P=m)', '(?(m)a)', '(?(+1)a)', '(?(-1)a)', '(?(0)a)', '(?P<>x)', '(?P<a', '(?P<n>a)(?P<n>b)', '(?P<é>x)', r'[\777]', r'\777', r'(?i-i:a)', 'a(?i)']:
    for given in (pattern, pattern.encode('latin1')):
        try:
            print(re.compile(given).groups)
        except re.error as e:
            print(e)
for stand in [r'\g<1>', r'\g<-1>', r'\g<>', r'\g<a', r'\g', r'\g<m>', r'\g<m m>', r'\g<n>', r'\1\07\n\101\q', r'\2', r'\12', r'\777', '\\']:
    for given in (stand, stand.encode()):
        try:
            print(re.sub('(?P<n>x)' if given is stand else b'(?P<n>x)', given, 'axb' if given is stand else b'axb'))
        except (re.error, IndexError) as e:
            print(type(e).__name__, e)
print(re.sub('(x)', r'\g<+1>\g< 1 >', 'x'))
