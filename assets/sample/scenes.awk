# Reads programme.tsv and draws it. A scene is drawn in slices; what stands still is drawn once for all of it.
# Background colours are the recipe's own business.

BEGIN { FS = "\t"; pi = atan2(0, -1); header() }
/^#/ { next }
$1 == "scene" { n++; name[n] = $4; starts[n] = $2; ends[n] = $3 }
$1 == "host" || $1 == "guest" || $1 == "laughter" { m++; voice[m] = $1; opens[m] = $2; closes[m] = $3 }
END { for (i = 1; i <= n; i++) scene(name[i], starts[i] + 0, ends[i] + 0) }

# How far the mouth of `who` is open at `t`: a few openings a second while a voice is heard.
function speaking(who, t,   j, beat) {
    for (j = 1; j <= m; j++)
        if (t >= opens[j] && t < closes[j] - 0.08) {
            if (voice[j] == who) { beat = chance(floor(t * 12.5) + j); return beat < 0.22 ? 0 : 0.25 + 0.6 * beat }
            if (voice[j] == "laughter") return 0.55 + 0.4 * sin(t * 31 + (who == "host"))
        }
    return 0
}

function laughing(t,   j) {
    for (j = 1; j <= m; j++) if (voice[j] == "laughter" && t >= opens[j] && t < closes[j]) return 1
    return 0
}

function scene(what, start, end,   t, slice) {
    from = start; until = end
    still(what, end - start)
    slice = what ~ /^(dive|run|dog|spin|laundry|crash)$/ ? 0.04 : 0.08
    if (what == "dusk") return
    for (t = start; t < end - 0.001; t += slice) {
        from = t; until = t + slice < end ? t + slice : end
        moving(what, t - start, end - start, t)
    }
}

# What does not move in a scene.
function still(what, length_,   i) {
    if (what == "studio") room(1, 0)
    else if (what == "host") room(1.9, 120)
    else if (what == "guest") room(1.9, -760)
    else if (what == "workshop") bench()
    else if (what == "calm") { sun(1040, 130, 62); ridge(470, 30, 900, 100, "8CBF6A"); ridge(560, 24, 700, 420, "6FA853"); tree(180, 540, 1, "4F8A4A") }
    else if (what == "storm") { ridge(470, 30, 900, 100, "5E8A5C"); ridge(560, 24, 700, 420, "4A7550") }
    else if (what == "dusk") dusk()
    else if (what ~ /^(village|launch|cheer)$/) { sun(180, 120, 60); ridge(what == "launch" ? 600 : 440, 26, 900, 300, "8FC873"); if (what == "village") houses() }
    else if (what == "sky") sun(1100, 110, 66)
    else if (what == "dive") sun(1080, 110, 1)
}

function moving(what, t, length_, now) {
    if (what == "title" || what == "end") card(what, t)
    else if (what == "studio") { pair(now); table(1, 0) }
    else if (what == "host") seated("host", 640, 300, 1.75, speaking("host", now), 0.3, now)
    else if (what == "guest") seated("guest", 640, 300, 1.75, speaking("guest", now), 0.4, now)
    else if (what == "workshop") hands(t)
    else if (what == "calm") { cloud(420 + 6 * t, 150, 1, "FFFFFF"); cloud(900 - 5 * t, 240, 0.7, "FFFFFF"); kite(760, 590, 1, 1.9, 0, 3); nell(430, 660, 1.35, 0.12 * sin(t * 2), 0.12); stroke(482, 566, 700, 570, 2.5, "F6EFE0") }
    else if (what == "storm") storm(t)
    else if (what == "dive") { streaks(t, 12, "D5DEE2"); kite(200 + 760 * t, 60 + 420 * t * t * 0.6, 1.5, 2.2 + 0.5 * sin(t * 14), t * 22, 7) }
    else if (what == "run") { landscape(t, 900, "7E9F86", "5E8A5C", "4A7550"); nell(640 + 60 * sin(t * 3), 640, 2.1, t * 19, 0.75) ; streaks(t, 6, "E6ECE4") }
    else if (what == "dog") { landscape(t, 1100, "D9C07A", "C7A552", "A98444"); dog(560 + 160 * t, 640, 2, t * 24); kite(1090 + 40 * sin(t * 9), 300 + 60 * sin(t * 17), 1, 1.7 + 0.4 * sin(t * 15), t * 25, 5) }
    else if (what == "spin") { streaks(t, 16, "D5DEE2"); kite(640 + 90 * sin(t * 11), 360 + 60 * cos(t * 13), 2.9, t * 8, t * 20, 4) }
    else if (what == "laundry") laundry(t)
    else if (what == "crash") crash(t)
    else if (what == "village") { bunting(t); people(t, 0.1, 560); nell(640, 700, 1.6, 0.1 * sin(t * 3), 0.15); kite(800, 590, 0.9, 0.25, t * 4, 3) }
    else if (what == "launch") launch(t)
    else if (what == "cheer") { bunting(t); people(t, 1, 600); confetti(t, 60) }
    else if (what == "sky") { cloud(260 - 12 * t, 520, 1.3, "FFFFFF"); cloud(980 - 16 * t, 600, 1.6, "FFFFFF"); bird(300 + 70 * t, 200, t); bird(230 + 70 * t, 240, t + 0.3); kite(700 + 60 * sin(t * 1.4), 290 + 26 * sin(t * 2.3), 1.7, 0.25 * sin(t * 1.4), t * 6, 8) }
}

function card(what, t,   drift) {
    for (j = 0; j < 5; j++) cloud(160 + 270 * j + 14 * t - 40 * (j % 2), 612 + 56 * (j % 2), 1.5, j % 2 ? "D97C5C" : "D06A4C")
    drift = 30 * sin(t * 1.3)
    kite(1010 + drift, 250 + 16 * sin(t * 2.1), 1.35, 0.35 + 0.15 * sin(t * 1.3), t * 5, 8)
    if (what == "title") {
        words(470, 300 - 14 * (1 - ease(t, 0.2, 1.2)), 78, "The kite that\\Nwould not fly", "FFF4DF", sprintf("\\alpha&H%02X&", 255 * (1 - ease(t, 0.2, 1.2))))
        words(470, 452, 30, "Small Disasters, number 12", "F2B84B", sprintf("\\b0\\alpha&H%02X&", 255 * (1 - ease(t, 1.2, 2))))
    } else words(470, 330, 70, "Good night.", "FFF4DF")
}

# The studio; `k` enlarges it around its left, `x` moves it: the close shots see a part of the same room.
function room(k, x) {
    box(0, 560, 1280, 160, "6B4230"); box(0, 556, 1280, 10, "8A5A40")
    box(x + 470 * k, 70 * k, 340 * k, 210 * k, "E9D9BC"); box(x + 482 * k, 82 * k, 316 * k, 186 * k, "26264F")
    ellipse(x + 720 * k, 130 * k, 24 * k, 24 * k, "FBE9B0"); polygon(x + 482 * k " " 268 * k " " x + 482 * k " " 220 * k " " x + 600 * k " " 190 * k " " x + 798 * k " " 236 * k " " x + 798 * k " " 268 * k, "1B1B38")
    box(x + 636 * k, 82 * k, 8 * k, 186 * k, "E9D9BC")
    box(x + 1092 * k, 150 * k, 120 * k, 130 * k, "C79A5B"); box(x + 1102 * k, 160 * k, 100 * k, 110 * k, "DDEBE6"); kite(x + 1152 * k, 208 * k, 0.42 * k, 0.2, 0, 1)
    ellipse(x + 120 * k, 170 * k, 150 * k, 140 * k, "FFE3A0", "\\alpha&HB8&\\blur30")
    box(x + 116 * k, 180 * k, 8 * k, 400 * k, "3A2A22"); polygon(x + 84 * k " " 120 * k " " x + 156 * k " " 120 * k " " x + 184 * k " " 196 * k " " x + 56 * k " " 196 * k, "F6D58A")
}

function pair(now,   joy, bounce) {
    joy = laughing(now)
    bounce = joy ? 9 * sin(now * 28) : 0
    seated("host", 370, 300 + bounce, 1, speaking("host", now), joy, now)
    seated("guest", 910, 300 - bounce, 1, speaking("guest", now), joy, now)
}

function table(k, x) {
    ellipse(640, 560, 112, 26, "A9713F"); box(630, 565, 20, 110, "7C4F2B"); ellipse(640, 680, 70, 14, "7C4F2B")
    box(590, 516, 34, 40, "F4EEE2"); ellipse(607, 516, 17, 6, "D9CDB8"); box(660, 516, 34, 40, "E2574C"); ellipse(677, 516, 17, 6, "B8453C")
}

function bench() {
    box(80, 60, 1120, 10, "3F2A1C"); for (j = 0; j < 7; j++) { box(150 + 160 * j, 70, 10, 60 + 40 * (j % 3), "B9B4A8"); ellipse(155 + 160 * j, 140 + 40 * (j % 3), 26, 16, j % 2 ? "C63D4E" : "5FC2B8") }
    box(0, 430, 1280, 290, "B5824F"); box(0, 424, 1280, 14, "CF9A63"); for (j = 0; j < 5; j++) box(0, 480 + 52 * j, 1280, 3, "A37345")
    ellipse(1060, 560, 80, 80, "E8DFC8"); ellipse(1060, 560, 40, 40, "B5824F"); ellipse(170, 600, 60, 60, "F2B84B"); ellipse(170, 600, 28, 28, "B5824F")
}

function hands(t,   reach) {
    kite(620, 470, 2, 1.35 + 0.02 * sin(t * 3), 0, 0)
    for (j = 0; j < floor(t * 2.2) && j < 13; j++) box(420 + 400 * chance(j + 3) - 50, 380 + 190 * chance(j + 40), 110, 22, "F4EEE2", "\\alpha&H30&\\frz" int(160 * chance(j + 9) - 80))
    reach = 30 * sin(t * 6.9)
    stroke(300, 760, 470 + reach, 560 - reach / 2, 70, "E3A93B"); ellipse(478 + reach, 552 - reach / 2, 40, 34, "F0C29E")
    stroke(980, 760, 800 - reach, 540 + reach / 3, 70, "E3A93B"); ellipse(792 - reach, 532 + reach / 3, 40, 34, "F0C29E")
}

function storm(t) {
    for (j = 0; j < 5; j++) cloud(((j * 330 + 620 * t) % 1700) - 200, 90 + 50 * (j % 3), 1.3, j % 2 ? "6E7C8C" : "8793A0")
    tree(200 + 14 * sin(t * 9), 560, 1.1, "3E6B48"); streaks(t, 12, "D5DEE2")
    kite(820 + 150 * sin(t * 3.1), 210 + 90 * sin(t * 4.3), 1.2, 0.9 * sin(t * 5), t * 18, 7)
    stroke(480, 520, 790 + 150 * sin(t * 3.1), 240 + 90 * sin(t * 4.3), 2.5, "F6EFE0")
    nell(430 + 10 * sin(t * 8), 660, 1.4, 0.9 * sin(t * 7), 0.8)
}

function streaks(t, count, colour,   y, x) {
    for (j = 0; j < count; j++) { y = 40 + 640 * chance(j + 5); x = ((chance(j + 70) * 1700 + (900 + 900 * chance(j)) * t) % 1800) - 300; stroke(x, y, x + 180 + 120 * chance(j + 20), y + 6, 3, colour, "\\alpha&H70&") }
}

# Hills that fly past; `far`, `near` and `ground` are their colours.
function landscape(t, speed, far, near, ground) {
    ridge(430, 34, 620, speed * 0.3 * t, far); ridge(540, 26, 480, speed * 0.7 * t, near)
    for (j = 0; j < 5; j++) tree(1500 - ((j * 380 + speed * t) % 1900), 600 + 12 * (j % 2), 1.1, j % 2 ? "3E6B48" : "4F7F52")
    box(0, 600, 1280, 120, ground)
}

function laundry(t) {
    landscape(t, 260, "B5D69A", "8FC873", "6FA853"); stroke(0, 250, 1280, 230, 4, "F6EFE0"); box(120, 240, 16, 380, "6B4A30"); box(1150, 230, 16, 390, "6B4A30")
    for (j = 0; j < 5; j++) panelCloth(220 + 190 * j + (t > 0.35 ? (t - 0.35) * 900 * (0.6 + chance(j)) : 0), 250 - (t > 0.35 ? (t - 0.35) * 260 * chance(j + 4) : 0), j, t)
    kite(100 + 1200 * t, 340 - 120 * sin(t * 5), 1.5, 1.5 + 0.4 * sin(t * 12), t * 24, 6)
}

function panelCloth(x, y, j, t,   w) {
    w = 26 * sin(t * 16 + j)
    polygon(x " " y " " x + 120 " " y + 4 " " x + 120 + w " " y + 170 " " x + w " " y + 160, j % 3 == 0 ? "E2574C" : j % 3 == 1 ? "F4EEE2" : "5FC2B8")
}

function crash(t,   shake) {
    shake = t > 0.4 ? 26 * (1 - ease(t, 0.4, 1)) * sin(t * 70) : 0
    ridge(580, 20, 900, 0, "4A7550"); tree(760 + shake, 660, 2.2, "3E6B48")
    if (t < 0.4) kite(80 + 1560 * t, 120 + 240 * t, 1.4, 1.7, t * 26, 6)
    else { kite(730 + shake, 220, 1.4, 2.6 + shake / 60, t * 9, 3); for (j = 0; j < 26; j++) ellipse(740 + (t - 0.4) * 900 * (chance(j) - 0.5), 230 + (t - 0.4) * 620 * (chance(j + 50) - 0.25), 13, 7, j % 2 ? "5E9A55" : "8CBF6A", "", j + t * 9) }
    if (t > 0.38 && t < 0.5) box(0, 0, 1280, 720, "FFFFFF", "\\alpha&H30&")
}

function dusk() {
    for (j = 0; j < 46; j++) ellipse(1280 * chance(j + 2), 430 * chance(j + 90), 1.5 + 2 * chance(j + 33), 1.5 + 2 * chance(j + 33), "F4EFD8")
    ellipse(980, 150, 84, 84, "FBE9B0", "\\alpha&HA0&\\blur20"); ellipse(980, 150, 58, 58, "FBE9B0"); ellipse(1004, 138, 52, 52, "272750")
    ridge(590, 26, 1000, 200, "1A1B36"); ridge(640, 18, 700, 500, "121328")
    tree(470, 650, 2, "1C2A3A"); polygon("442 650 498 650 486 310 454 310", "17202E"); ellipse(470, 270, 120, 100, "1C2A3A"); kite(430, 330, 0.95, 2.5, 1, 3)
    words(1010, 640, 34, "Wednesday", "8F8AB0", "\\b0")
}

function houses() { for (j = 0; j < 5; j++) { box(90 + 250 * j, 330 + 14 * (j % 2), 130, 110, j % 2 ? "F4E3C4" : "EBC9B0"); polygon(76 + 250 * j " " 332 + 14 * (j % 2) " " 155 + 250 * j " " 260 " " 234 + 250 * j " " 332 + 14 * (j % 2), j % 2 ? "B5432E" : "8F483C"); box(140 + 250 * j, 380, 34, 60, "6B4230") } }

function bunting(t) {
    stroke(0, 60, 1280, 60, 3, "F6EFE0")
    for (j = 0; j < 16; j++) polygon(20 + 80 * j " 62 " 76 + 80 * j " 62 " 48 + 80 * j + 6 * sin(t * 4 + j) " 122", j % 3 == 0 ? "E2574C" : j % 3 == 1 ? "F2B84B" : "5FC2B8")
}

# The village; `joy` makes it jump and wave.
function people(t, joy, y,   coat, hat, hop) {
    for (j = 0; j < 13; j++) {
        hop = joy > 0.5 ? 34 * (sin(t * 9 + j * 2.3) > 0 ? sin(t * 9 + j * 2.3) : 0) : 0
        split("5FC2B8 C63D4E 6E8B4E 7A6BB0 D9824B 4A7FB5", palette, " "); split("4A3226 2A2028 D9B26B 8A5A36", hats, " ")
        figure(60 + 97 * j, y + 34 * (j % 2) - hop, 1.15, 0.3 * sin(t * 6 + j), joy > 0.5 ? 0.75 + 0.3 * sin(t * 11 + j) : 0.05, palette[1 + j % 6], hats[1 + j % 4], 0)
    }
}

function launch(t,   x, y) {
    x = 640 + 130 * sin(t * 1.7); y = 560 - 330 * ease(t, 0, 2.6)
    cloud(300 - 10 * t, 170, 1, "FFFFFF"); cloud(1030 - 12 * t, 260, 0.8, "FFFFFF")
    stroke(400, 560, x, y, 2.5, "F6EFE0"); kite(x, y, 1.3, 0.3 * sin(t * 2.4), t * 9, 6)
    nell(350, 690, 1.5, 1.1 * sin(t * 8), 0.95)
    for (j = 0; j < 4; j++) figure(760 + 130 * j, 700 - 30 * (sin(t * 9 + j) > 0 ? sin(t * 9 + j) : 0), 1.2, 0.3 * sin(t * 6 + j), 0.8 + 0.25 * sin(t * 11 + j), j % 2 ? "C63D4E" : "4A7FB5", j % 2 ? "4A3226" : "D9B26B", 0)
}

function confetti(t, count) {
    for (j = 0; j < count; j++) box(1280 * chance(j) + 20 * sin(t * 4 + j), (760 * chance(j + 60) + 260 * t) % 760 - 20, 12, 8, j % 3 == 0 ? "E2574C" : j % 3 == 1 ? "F2B84B" : "FFFFFF", "\\frz" int(360 * chance(j + 7) + 300 * t) % 360)
}

function bird(x, y, t) { stroke(x, y, x - 26, y - 16 * sin(t * 9), 5, "33414A"); stroke(x, y, x + 26, y - 16 * sin(t * 9), 5, "33414A") }
