from posixpath import *
from posixpath import _text
