import re
def t(f,*a):
    try:
        r=f(*a); print(a, '->', r)
    except Exception as e: print(a, 'EX', type(e).__name__, e)
    return None
P=['[a','x[a','a(b','a)b','*a','a**','a{2','(?P<1a>x)','(?P<a','(?z)','\\','\\q','a|*','(?P=x)','\\1','(?P<a>x)(?P<a>y)','[b-a]','(?<=a*)b','(?:','x{3,2}','[a-\\d]','(','a++','a*+','a{1,2}+','(?>a)','(?i)a','a(?i)','(?i:a)b','(?-i:a)','(?P<n>','(?P>','(?P','(?','(?<','(?<a','(?#x','(?#x)a','(?(1)a|b)','(?(1)a|b|c)','(x)(?(1)a|b)','(?(x)a)','\\x1','\\u12','\\U00110000','[\\','[]','[^]','[]a]','[a-]','[-a]','[a\\-z]','\\8','(a)\\1','(\\1)','(?P<a>(?P=a))','{','{1','a{,}','a{,2}','a{2,}','x{}','^*','$+','\\b*','(?=a)*','(|a)+','a\nb(','\\0','\\08','\\400','[\\400]','\\377','[[:alpha:]]','(?x) a b # c\n d','(?i','(?im-s:a)','(?-','(?a-a:x)','(?au:x)','(?L)','(?s-','()','(?P<é>a)','(?P< a>x)','[\\w-z]','[z-\\w]','\\N','\\Z\\A','(?<!a)b','(?<!ab|c)d','(?<=(a))b','(?<=\\1)(a)']
for p in P:
    t(re.compile,p)
for p in [b'a',b'[',b'(?u)a',b'\\u1234',b'(?P<n>x)']: t(re.compile,p)
t(re.compile,'a',re.I); t(re.compile,'a',re.I|re.M|re.S|re.X); t(re.compile,'a',re.A); t(re.compile,'a',re.U); t(re.compile,b'a',re.I); t(re.compile,b'a',re.U); t(re.compile,'a',re.L); t(re.compile,'a',re.A|re.U); t(re.compile,re.compile('a'),re.I); t(re.compile,1); t(re.compile,[]); t(re.compile, 'a'*300)
def m(p,s,fl=0):
    try:
        x=re.search(p,s,fl)
        print(repr(p),repr(s), x and (x.span(), x.groups(), x.lastindex, x.lastgroup), re.findall(p,s,fl), re.split(p,s,flags=fl), re.sub(p,'<\\g<0>>',s,flags=fl) if isinstance(p,str) else '', [y.span() for y in re.finditer(p,s,fl)], re.fullmatch(p,s,fl), re.match(p,s,fl))
    except Exception as e: print(repr(p),repr(s),'EX',type(e).__name__,e)
for p,s in [('a*','baac'),('|a','a'),('a|ab','ab'),('(a|b)*','abba'),('(?:(a)|b)*','ab'),('(a)?b','b'),('(a)?(b)?','b'),('((a)(b))','ab'),('(a*)*','aa'),('(a*)+','b'),('(a|b)*?c','abc'),('(\\w+) (\\w+)','hello world foo bar'),('(?P<x>a)(?P<y>b)?','a'),('(a)\\1','aa'),('(a)?\\1','a'),('(?i)ABC','abc'),('^a','a\na'),('(?m)^a','a\na'),('a$','a\n'),('(?m)a$','a\na'),('a\\Z','a\n'),('.','\n'),('(?s).','\n'),('\\bfoo\\b','a foo b'),('\\B','abc'),('\\B',''),('\\b',''),('x*','axb'),('\\d+','a12b٣'),('(?a)\\d+','٣1'),('\\w+','é_1 ß'),('\\s','a\x1cb\u2003'),('[^a-z]+','abcDEF123'),('[\\s\\S]','\n'),('(?<=a)b','ab'),('(?<!a)b','ab cb'),('a(?=b)','ab'),('a(?!b)','ac'),('(?<=(a))b','ab'),('(?=(a))a','a'),('(x)?(?(1)y|z)','xy z'),('(?>a+)a','aaa'),('a++b','aab'),('a{2}','aaaa'),('a{1,2}?','aaa'),('a{,2}','aaa'),('(a{2}){2}','aaaaa'),('(ab|cd)+','abcdab'),('(a(b)?)+','aba'),('(?:a(b)?)+','aba'),('😀','x😀y'),('.','😀a'),('[😀]','😀'),('k','K'),('(?i)k','K'),('(?i)s','ſ'),('(?i)[a-z]','ſK'),('(?i)ß','ẞ'),('(?i)é','É'),('(?i)[é]','É'),('(?i)\\u0131','I'),('(?ai)k','K'),('a.c','a\nc'),('\\.','a.b'),('[.]','a.b'),('[a-c-e]','-'),('(a+|b+|c+)*','abc'),('(.*?),','a,b,'),('^$',''),('^','ab'),('$','ab\n'),('(?m)$','a\nb\n'),('(?x)a b #c','ab'),('\\Aab','ab'),('(a)(b)(c)?','ab'),('(?:(x)|(y)|z)+','xyz'),('(?P<q>["\']).*?(?P=q)','say "hi\' "x"'),('\\\\','a\\b'),('\t','a\tb'),('\\x41','A'),('\\u0041','A'),('[\\x41-\\x43]+','ABCD'),('(?i:a)b','Ab aB'),('(a|ab)(c|bcd)(d*)','abcd'),('(?s:.)x','\nx'),('a|b|','b'),('(?:)','ab'),('()','ab'),('((?:a|b)c)+','acbc')]:
    m(p,s)
m('abc','ABC',re.I); m('a b','ab',re.X); m('^b','a\nb',re.M); m('.','\n',re.S); m('\\w','é',re.A)
for p,s in [(b'a',b'ba'),(b'(\\w)(\\d)?',b'a1b'),(b'\\w+',b'\xe9a'),(b'(?i)A',b'a'),(b'[\x80-\xff]+',b'a\xe9\xffb'),(b'.',b'\n\xff')]: m(p,s)
t(re.match,'a',b'a'); t(re.match,b'a','a'); t(re.match,'a',1); t(re.match,'a',None)
p=re.compile('(a)(?P<n>b)?')
x=p.search('xab',1); print(x.pos,x.endpos,x.string,x.re is p,x.regs,x.group(0,1,'n'),x['n'],x[0],x.start('n'),x.end(),x.span('n'),x.groupdict(),x.expand('\\1-\\g<n>-\\2'),p.groupindex,p.groups,p.flags,p.pattern)
t(x.group,5); t(x.group,'zz'); t(x.start,9); t(lambda: x['q']); t(x.group,1.5)
print(p.findall('abaab',1), p.findall('abaab',0,2), [q.span() for q in p.finditer('abaab',1,3)], p.match('xab',1), p.match('xab',1,2), p.fullmatch('xab',1), p.search('ab',5), p.search('ab',-3), re.compile('a$').search('ab',0,1), re.compile('^a').match('ba',1))
print(re.sub('a','b','aaa',2), re.sub('(a)(b)?','[\\1\\2]','aab'), re.subn('a','','banana'), re.sub('x*','-','abxd'), re.sub('a',lambda m: m.group().upper()*2,'banana'), re.sub('a',lambda m: None,'ban'), re.sub('.','\\n\\t\\\\','ab'), re.sub('(?P<z>a)','\\g<z>\\g<1>\\g<0>','a'))
for r in ['\\2','\\q','\\g<x>','\\g','\\g<','\\g<1','\\g<>','\\g<1a>','\\g<9>','\\','\\0','\\01','\\101','\\12','\\.','\\400','x\\']: t(re.sub,'(a)',r,'a')
t(re.sub,'a',1,'a')
print(re.split('(,)|;','a,b;c'), re.split(',','a,b,c',1), re.split('x*','axbc'), re.split('(x*)','axbc'), re.split('',  'abc'), re.split(b',',b'a,b'))
print(re.escape('a.b*c d\n\té-_'), re.escape(b'a.b'), repr(re.match('a','abc')), repr(re.match('.*','x'*100)), bool(re.match('','')), re.purge(), re.compile('a') is re.compile('a'), re.compile('a')==re.compile('a'), re.compile('a')==re.compile('a',re.I))
print(type(re.match('a','a')), type(re.compile('a')), re.Pattern, re.Match, re.error, type(re.finditer('a','a')))
try: re.compile('a\nb(')
except re.error as e: print(e.msg,e.pattern,e.pos,e.lineno,e.colno,e)
