# Who and what appears: the two people, the dog, the kite, and the places' furniture. `k` is a scale, 1 = wide shot.

function look(who) {
    if (who == "host") { skin = "E8B48C"; hair = "4A3226"; cloth = "6E8B4E"; trousers = "33414A" }
    else { skin = "F0C29E"; hair = "B5432E"; cloth = "E3A93B"; trousers = "5B4A6B" }
}

# head: `mouth` is how far it is open, 0 to 1; `joy` lifts the cheeks; `t` blinks and nods.
function head(who, x, y, k, mouth, joy, t,   lid, nod) {
    look(who)
    nod = (mouth > 0 ? 4 : 1.5) * k * sin(t * 5 + (who == "host"))
    y += nod
    if (who == "guest") { ellipse(x, y - 74 * k, 34 * k, 30 * k, hair); ellipse(x, y - 14 * k, 68 * k, 70 * k, hair) }
    else ellipse(x, y - 22 * k, 64 * k, 62 * k, hair)
    box(x - 18 * k, y + 40 * k, 36 * k, 46 * k, skin)
    ellipse(x, y, 58 * k, 66 * k, skin)
    if (who == "guest") ellipse(x, y - 34 * k, 59 * k, 36 * k, hair, "", 0, pi, 2 * pi)
    else ellipse(x, y - 30 * k, 59 * k, 38 * k, hair, "", -0.12, pi, 2 * pi)
    ellipse(x - 34 * k, y + 20 * k, 13 * k, 9 * k, "E58A6B", "\\alpha&H90&")
    ellipse(x + 34 * k, y + 20 * k, 13 * k, 9 * k, "E58A6B", "\\alpha&H90&")
    lid = (t * 0.37 + (who == "host") * 0.5) % 1 < 0.03 || joy > 0.6
    eye(x - 22 * k, y - 8 * k, k, lid); eye(x + 22 * k, y - 8 * k, k, lid)
    stroke(x - 32 * k, y - (26 + 5 * joy) * k, x - 13 * k, y - (29 + 5 * joy) * k, 5 * k, hair)
    stroke(x + 13 * k, y - (29 + 5 * joy) * k, x + 32 * k, y - (26 + 5 * joy) * k, 5 * k, hair)
    if (who == "host") spectacles(x, y - 8 * k, k)
    ellipse(x + 3 * k, y + 9 * k, 7 * k, 9 * k, "D99A72")
    lips(x, y + 34 * k, k, mouth, joy)
    if (who == "host") { ellipse(x - 13 * k, y + 23 * k, 16 * k, 6 * k, hair, "", -0.2); ellipse(x + 13 * k, y + 23 * k, 16 * k, 6 * k, hair, "", 0.2) }
}

function eye(x, y, k, closed) {
    if (closed) { stroke(x - 8 * k, y + 1 * k, x, y - 4 * k, 4 * k, "2A2028"); stroke(x, y - 4 * k, x + 8 * k, y + 1 * k, 4 * k, "2A2028") }
    else { ellipse(x, y, 7 * k, 9 * k, "2A2028"); ellipse(x + 2 * k, y - 3 * k, 2.2 * k, 2.6 * k, "FFFFFF") }
}

function spectacles(x, y, k,   side) {
    for (side = -1; side <= 1; side += 2) ellipse(x + side * 23 * k, y, 18 * k, 17 * k, "FFFFFF", "\\1a&HFF&\\3c&H2A2028&\\bord" 1.6 * k)
    stroke(x - 6 * k, y - 2 * k, x + 6 * k, y - 2 * k, 3 * k, "2A2028")
}

function lips(x, y, k, mouth, joy) {
    if (mouth < 0.08) { ellipse(x, y, (16 + 6 * joy) * k, 3 * k, "8E3B34"); return }
    ellipse(x, y + 2 * k, (17 + 8 * joy) * k, (3 + 15 * mouth) * k, "6B2027")
    if (mouth > 0.3) ellipse(x, y + (6 + 7 * mouth) * k, 10 * k, 6 * mouth * k, "D9685F")
}

# A person in an armchair; (x, y) is the middle of the face.
function seated(who, x, y, k, mouth, joy, t,   side) {
    side = who == "host" ? 1 : -1
    look(who)
    ellipse(x, y + 120 * k, 150 * k, 170 * k, who == "host" ? "7B3B32" : "2E4A6B")
    box(x - 150 * k, y + 120 * k, 300 * k, 330 * k, who == "host" ? "7B3B32" : "2E4A6B")
    ellipse(x, y + 190 * k, 100 * k, 118 * k, cloth)
    box(x - 100 * k, y + 190 * k, 200 * k, 190 * k, cloth)
    polygon(x - 24 * k " " y + 78 * k " " x + 24 * k " " y + 78 * k " " x " " y + 130 * k, "F4EEE2")
    stroke(x - 92 * k, y + 170 * k, x - 108 * k, y + 300 * k, 44 * k, shade(who))
    stroke(x + 92 * k, y + 170 * k, x + 108 * k, y + 300 * k, 44 * k, shade(who))
    stroke(x + side * 108 * k, y + 300 * k, x + side * (60 + 30 * mouth) * k, y + (270 - 60 * mouth) * k, 38 * k, shade(who))
    ellipse(x + side * (52 + 30 * mouth) * k, y + (262 - 62 * mouth) * k, 24 * k, 22 * k, skin)
    box(x - 175 * k, y + 300 * k, 62 * k, 180 * k, who == "host" ? "8F483C" : "3A5C84")
    box(x + 113 * k, y + 300 * k, 62 * k, 180 * k, who == "host" ? "8F483C" : "3A5C84")
    ellipse(x - 144 * k, y + 300 * k, 31 * k, 24 * k, who == "host" ? "8F483C" : "3A5C84")
    ellipse(x + 144 * k, y + 300 * k, 31 * k, 24 * k, who == "host" ? "8F483C" : "3A5C84")
    head(who, x, y, k, mouth, joy, t)
}

function shade(who) { return who == "host" ? "5D7742" : "CC932C" }

# A small standing or running figure; (x, y) is between the feet, `pace` turns the legs, `lift` raises the arms.
function figure(x, y, k, pace, lift, coat, hat, bun,   a, side) {
    for (side = -1; side <= 1; side += 2) {
        a = side * 0.62 * sin(pace)
        stroke(x, y - 52 * k, x + 52 * k * sin(a), y - 52 * k + 52 * k * cos(a), 15 * k, trousersOf(coat))
        stroke(x, y - 98 * k, x + side * 38 * k + 10 * k * sin(pace), y - (98 - 24 + 74 * lift) * k, 13 * k, coat)
        ellipse(x + side * 39 * k + 10 * k * sin(pace), y - (98 - 26 + 78 * lift) * k, 8 * k, 8 * k, "F0C29E")
    }
    ellipse(x, y - 78 * k, 26 * k, 36 * k, coat)
    if (bun) ellipse(x - 8 * k, y - 156 * k, 14 * k, 12 * k, hat)
    ellipse(x, y - 130 * k, 24 * k, 26 * k, "F0C29E")
    ellipse(x, y - 136 * k, 25 * k, 22 * k, hat, "", 0, pi, 2 * pi)
    ellipse(x + 6 * k, y - 128 * k, 3 * k, 4 * k, "2A2028"); ellipse(x + 16 * k, y - 128 * k, 3 * k, 4 * k, "2A2028")
}

function trousersOf(coat) { return coat == "E3A93B" ? "5B4A6B" : "3B4656" }

function nell(x, y, k, pace, lift) { figure(x, y, k, pace, lift, "E3A93B", "B5432E", 1) }

# kite around (x, y), its nose turned by `turn` radians, with a tail of bows that waves by `wave`.
function kite(x, y, k, turn, wave, tail,   i, u, v, px, py, c, s) {
    c = cos(turn); s = sin(turn)
    px = x - 110 * k * s * -1; py = y + 110 * k * c
    px = x - s * 110 * k; py = y + c * 110 * k
    for (i = 1; i <= tail; i++) {
        u = x - s * (110 + 34 * i) * k + c * 24 * k * sin(wave + i * 0.9) ; v = y + c * (110 + 34 * i) * k + s * 24 * k * sin(wave + i * 0.9)
        stroke(px, py, u, v, 3 * k, "F6EFE0")
        bow(u, v, k, i % 2 ? "F2B84B" : "5FC2B8", turn + 0.5 * sin(wave + i))
        px = u; py = v
    }
    panel(x, y, k, c, s, 0, -90, 64, -14, 0, -14, "E2574C"); panel(x, y, k, c, s, 0, -90, -64, -14, 0, -14, "F2B84B")
    panel(x, y, k, c, s, 0, 110, 64, -14, 0, -14, "F2B84B"); panel(x, y, k, c, s, 0, 110, -64, -14, 0, -14, "C63D4E")
    stroke(x + 88 * k * s, y - 88 * k * c, x - 108 * k * s, y + 108 * k * c, 4 * k, "5A3E2B")
    stroke(x + 62 * k * c + 14 * k * s, y + 62 * k * s - 14 * k * c, x - 62 * k * c + 14 * k * s, y - 62 * k * s - 14 * k * c, 4 * k, "5A3E2B")
}

function panel(x, y, k, c, s, ax, ay, bx, by, cx, cy, colour) {
    polygon(x + (ax * c - ay * s) * k " " y + (ax * s + ay * c) * k " " x + (bx * c - by * s) * k " " y + (bx * s + by * c) * k " " x + (cx * c - cy * s) * k " " y + (cx * s + cy * c) * k, colour)
}

function bow(x, y, k, colour, turn,   c, s) {
    c = cos(turn); s = sin(turn)
    panel(x, y, k, c, s, 0, 0, 17, -9, 17, 9, colour); panel(x, y, k, c, s, 0, 0, -17, -9, -17, 9, colour)
}

function dog(x, y, k, pace,   i, a) {
    for (i = 0; i < 4; i++) { a = 0.7 * sin(pace + i * 1.6); stroke(x + (i < 2 ? -48 : 42) * k, y - 44 * k, x + (i < 2 ? -48 : 42) * k + 46 * k * sin(a), y - 44 * k + 46 * k * cos(a), 14 * k, "8A5A36") }
    stroke(x - 62 * k, y - 66 * k, x - 104 * k, y - (96 + 14 * sin(pace * 2)) * k, 12 * k, "A56B3F")
    ellipse(x, y - 62 * k, 74 * k, 34 * k, "A56B3F"); ellipse(x + 78 * k, y - 92 * k, 36 * k, 30 * k, "A56B3F")
    ellipse(x + 108 * k, y - 84 * k, 22 * k, 15 * k, "C48B5C"); ellipse(x + 126 * k, y - 90 * k, 8 * k, 7 * k, "2A2028")
    ellipse(x + 58 * k, y - (98 + 6 * sin(pace)) * k, 14 * k, 32 * k, "6E4527", "", 0.9); ellipse(x + 86 * k, y - 100 * k, 5 * k, 6 * k, "2A2028")
    ellipse(x + 106 * k, y - 66 * k, 9 * k, 15 * k, "E57373", "", -0.5)
}

function cloud(x, y, k, colour, tags) {
    ellipse(x, y, 90 * k, 34 * k, colour, tags); ellipse(x - 34 * k, y - 24 * k, 46 * k, 38 * k, colour, tags); ellipse(x + 30 * k, y - 34 * k, 54 * k, 46 * k, colour, tags)
}

function tree(x, y, k, leaf) {
    polygon(x - 14 * k " " y " " x + 14 * k " " y " " x + 8 * k " " y - 170 * k " " x - 8 * k " " y - 170 * k, "4E3524")
    ellipse(x, y - 210 * k, 84 * k, 80 * k, leaf); ellipse(x - 58 * k, y - 170 * k, 56 * k, 50 * k, leaf); ellipse(x + 58 * k, y - 174 * k, 58 * k, 52 * k, leaf)
}

function sun(x, y, r) { ellipse(x, y, r * 1.7, r * 1.7, "FFF1B8", "\\alpha&H90&\\blur24"); ellipse(x, y, r, r, "FFE08A") }
