"""The gallery: pure functions from facts to a picture and its plain-text twin.

``conflict`` draws a recording as swim lanes, ``packet`` one pipeline, ``journey`` where one
command's time went, and ``bars`` any figures. All give a Picture, which a notebook shows
and ``repr`` writes out. No clock and no I/O: the same facts give the same bytes. All
markup is made in ``redislab.views.markup``.
"""

from redislab.views.bars import Bar, Group, bars
from redislab.views.conflict import conflict
from redislab.views.journey import journey
from redislab.views.packet import packet
from redislab.views.picture import Picture

__all__ = ["Bar", "Group", "Picture", "bars", "conflict", "journey", "packet"]
