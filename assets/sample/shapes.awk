# Drawing with the subtitle renderer: every shape becomes one line of an ASS file, a vector path shown from `from` to
# `until` (seconds). Coordinates are pixels of a 1280x720 page; whatever is drawn later lies above.

function header() {
    print "[Script Info]\nScriptType: v4.00+\nPlayResX: 1280\nPlayResY: 720\nScaledBorderAndShadow: yes\n"
    print "[V4+ Styles]"
    print "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding"
    print "Style: Shape,DejaVu Sans,20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1"
    print "Style: Words,DejaVu Serif,60,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,1,0,0,5,0,0,0,1"
    print "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
}

# A hundredth before the frame that it is for, or a frame whose time was rounded down would still show the last picture.
function clock(seconds,   hundredths) {
    hundredths = seconds > 0 ? int(seconds * 100 - 0.5) : 0
    return sprintf("%d:%02d:%02d.%02d", int(hundredths / 360000), int(hundredths / 6000) % 60, int(hundredths / 100) % 60, hundredths % 100)
}

# RRGGBB as the renderer wants it: BBGGRR.
function ink(colour) { return "&H" substr(colour, 5, 2) substr(colour, 3, 2) substr(colour, 1, 2) "&" }

function event(style, tags, text) {
    printf "Dialogue: 0,%s,%s,%s,,0,0,0,,{%s}%s\n", clock(from), clock(until), style, tags, text
}

# polygon: `points` is "x y x y …". Each path starts at its own upper left corner, which every version of the renderer
# places alike. `tags` may add blur or transparency.
function polygon(points, colour, tags,   p, n, i, left, top, path) {
    n = split(points, p, " ")
    left = p[1]; top = p[2]
    for (i = 1; i < n; i += 2) {
        if (p[i] + 0 < left) left = p[i] + 0
        if (p[i + 1] + 0 < top) top = p[i + 1] + 0
    }
    for (i = 1; i < n; i += 2)
        path = path (i == 1 ? "m " : i == 3 ? " l " : " ") sprintf("%d %d", (p[i] - left) * 8 + 0.5, (p[i + 1] - top) * 8 + 0.5)
    event("Shape", sprintf("\\an7\\pos(%.2f,%.2f)\\1c%s%s\\p4", left, top, ink(colour), tags), path)
}

function box(x, y, width, height, colour, tags) {
    polygon(x " " y " " x + width " " y " " x + width " " y + height " " x " " y + height, colour, tags)
}

# ellipse around (x, y), turned by `turn` radians; the part between the angles `first` and `last` when they are given.
function ellipse(x, y, rx, ry, colour, tags, turn, first, last,   i, a, steps, points) {
    if (last == "") { first = 0; last = 2 * pi }
    steps = rx + ry > 60 ? 40 : 20
    for (i = 0; i <= steps; i++) {
        a = first + (last - first) * i / steps
        points = points " " x + rx * cos(a) * cos(turn) - ry * sin(a) * sin(turn) " " y + rx * cos(a) * sin(turn) + ry * sin(a) * cos(turn)
    }
    polygon(points, colour, tags)
}

# stroke from (x, y) to (u, v) with round ends.
function stroke(x, y, u, v, width, colour, tags,   a, i, points) {
    a = atan2(v - y, u - x)
    for (i = 0; i <= 8; i++) points = points " " u + width / 2 * cos(a - pi / 2 + pi * i / 8) " " v + width / 2 * sin(a - pi / 2 + pi * i / 8)
    for (i = 0; i <= 8; i++) points = points " " x + width / 2 * cos(a + pi / 2 + pi * i / 8) " " y + width / 2 * sin(a + pi / 2 + pi * i / 8)
    polygon(points, colour, tags)
}

# A ridge of hills: a wave of `height` around `y`, filled down to the lower edge; `shift` moves it along.
function ridge(y, height, period, shift, colour,   x, points) {
    for (x = -20; x <= 1300; x += 20) points = points " " x " " y + height * sin((x + shift) / period * 2 * pi)
    polygon(points " 1300 740 -20 740", colour)
}

function words(x, y, size, text, colour, tags) {
    event("Words", sprintf("\\an5\\pos(%.1f,%.1f)\\fs%d\\1c%s%s", x, y, size, ink(colour), tags), text)
}

# A number in [0, 1) that depends on `seed` alone: every machine draws the same picture.
function chance(seed,   x) { x = sin(seed * 127.1 + 11.7) * 43758.5453; return x - floor(x) }
function floor(x) { return (x < 0 && x != int(x)) ? int(x) - 1 : int(x) }
function clamp(x, low, high) { return (x < low) ? low : ((x > high) ? high : x) }
# 0 before `a`, 1 after `b`, without a jerk between.
function ease(x, a, b) { x = clamp((x - a) / (b - a), 0, 1); return x * x * (3 - 2 * x) }
